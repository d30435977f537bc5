CREATE TABLE people (person_id integer PRIMARY KEY, first_name varchar(40), last_name varchar(40), born integer);
INSERT INTO people VALUES (7, 'Ada', 'Lovelace', 1815);
INSERT INTO people VALUES (9, 'Grace', NULL, 1906);
INSERT INTO people VALUES (12, 'Alan', 'Turing', 1912);
CREATE TABLE orders (order_id integer PRIMARY KEY, person integer, total integer);
INSERT INTO orders VALUES (1, 7, 10);
INSERT INTO orders VALUES (2, 7, 20);
INSERT INTO orders VALUES (3, 9, 30);
