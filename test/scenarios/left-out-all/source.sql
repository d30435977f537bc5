CREATE TABLE customers (id integer PRIMARY KEY, email varchar(80));
INSERT INTO customers VALUES (1, 'no address');
CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer, FOREIGN KEY (customer_id) REFERENCES customers (id));
INSERT INTO orders VALUES (10, 1);
