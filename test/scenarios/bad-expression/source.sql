CREATE TABLE people (id integer PRIMARY KEY, name varchar(40));
INSERT INTO people VALUES (1, 'Ada');
