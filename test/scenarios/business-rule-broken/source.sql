CREATE TABLE customers (id integer PRIMARY KEY, name varchar(20));
INSERT INTO customers VALUES (1, 'Ada');
CREATE TABLE orders (id integer PRIMARY KEY, customer integer, total integer);
INSERT INTO orders VALUES (1, 1, 10);
INSERT INTO orders VALUES (2, 7, 20);
