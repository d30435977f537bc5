CREATE TABLE people (id integer PRIMARY KEY, boss integer);
CREATE TABLE offices (id integer PRIMARY KEY, head integer);
INSERT INTO people VALUES (1, 1);
INSERT INTO offices VALUES (1, 1);
