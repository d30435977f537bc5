CREATE TABLE regions (id integer PRIMARY KEY, name varchar(20));
INSERT INTO regions VALUES (9, 'old');
CREATE TABLE customers (id integer PRIMARY KEY, code varchar(10), email varchar(80));
INSERT INTO customers VALUES (7, 'Z', 'old@example.com');
CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer, FOREIGN KEY (customer_id) REFERENCES customers (id));
INSERT INTO orders VALUES (70, 7);
