CREATE TABLE settings (name TEXT PRIMARY KEY, value INTEGER);
INSERT INTO settings VALUES ('a', 1), ('b', NULL);
