CREATE TABLE people (id integer PRIMARY KEY, email varchar(80), born varchar(30), score varchar(10));
INSERT INTO people VALUES (1, 'ada@example.com', '1815-12-10', '1');
INSERT INTO people VALUES (2, 'no address', '1906-12-09', '2');
INSERT INTO people VALUES (3, 'nn@example.com', '31/02/1970', '3');
INSERT INTO people VALUES (4, 'bob@example.com', '1970-01-01', 'many');
INSERT INTO people VALUES (5, NULL, NULL, NULL);
INSERT INTO people VALUES (6, 'cyd@example.com', '1980-05-05', '6');
