CREATE TABLE people (id integer PRIMARY KEY, name varchar(20), nick varchar(20) NOT NULL);
INSERT INTO people VALUES (1, 'Ada', 'a');
INSERT INTO people VALUES (2, 'Bob', 'b');
