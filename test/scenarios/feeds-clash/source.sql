CREATE TABLE here (id integer PRIMARY KEY, name varchar(50));
INSERT INTO here VALUES (1001, 'one');
CREATE TABLE there (id integer PRIMARY KEY, name varchar(50));
INSERT INTO there VALUES (1, 'two');
