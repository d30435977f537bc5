CREATE TABLE staff (id integer PRIMARY KEY, name varchar(50), born integer);
INSERT INTO staff VALUES (2, 'newer', 1970);
INSERT INTO staff VALUES (3, 'new', 1980);
CREATE TABLE guests (id integer PRIMARY KEY, name varchar(50), remark varchar(20));
INSERT INTO guests VALUES (1, 'renamed', 'x');
INSERT INTO guests VALUES (4, 'guest', 'y');
CREATE TABLE visits (id integer PRIMARY KEY, guest integer);
INSERT INTO visits VALUES (7, 4);
