CREATE TABLE flags (id integer PRIMARY KEY, bits varchar(8));
INSERT INTO flags VALUES (1, '101');
INSERT INTO flags VALUES (2, '1012');
INSERT INTO flags VALUES (3, '11');
INSERT INTO flags VALUES (4, NULL);
