CREATE TABLE bystanders (id integer PRIMARY KEY);
INSERT INTO bystanders VALUES (5);
