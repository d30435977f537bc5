CREATE TABLE codes (code varchar(20) NOT NULL PRIMARY KEY);
INSERT INTO codes VALUES ('a'), ('A'), ('ä'), ('a ');
