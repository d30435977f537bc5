CREATE TABLE codes (code VARCHAR(20) NOT NULL PRIMARY KEY);
INSERT INTO codes VALUES ('a'), ('A'), ('ä'), ('a ');
