CREATE TABLE here (id integer PRIMARY KEY, name varchar(50) NOT NULL, size integer NOT NULL);
INSERT INTO here VALUES (1, 'one', 1);
CREATE TABLE there (id integer PRIMARY KEY, name varchar(60), colour varchar(10));
INSERT INTO there VALUES (1, NULL, 'red');
