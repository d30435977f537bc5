CREATE TABLE people (id integer PRIMARY KEY, email varchar(80));
INSERT INTO people VALUES (1, 'ada@example.com');
INSERT INTO people VALUES (2, 'no address');
