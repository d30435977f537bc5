CREATE TABLE regions (id integer PRIMARY KEY);
INSERT INTO regions VALUES (1);
CREATE TABLE customers (id integer PRIMARY KEY);
INSERT INTO customers VALUES (1);
INSERT INTO customers VALUES (2);
CREATE TABLE addresses (id integer PRIMARY KEY, customer_id integer, FOREIGN KEY (customer_id) REFERENCES customers (id));
INSERT INTO addresses VALUES (1, 1);
CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer, note varchar(20));
INSERT INTO orders VALUES (1, 1, NULL);
