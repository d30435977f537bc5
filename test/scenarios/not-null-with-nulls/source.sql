CREATE TABLE people (id integer PRIMARY KEY, name varchar(20));
INSERT INTO people VALUES (1, 'Ada');
INSERT INTO people VALUES (2, NULL);
