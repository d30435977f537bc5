CREATE TABLE people (id integer PRIMARY KEY, name varchar(50) NOT NULL, age integer, secret varchar(50));
INSERT INTO people VALUES (1, 'Ada', 36, 'x'), (2, 'Bob', 18, 'y'), (3, 'Kid', 7, 'z'), (4, 'Unknown', NULL, NULL);
CREATE TABLE logs (id integer PRIMARY KEY);
INSERT INTO logs VALUES (1);
