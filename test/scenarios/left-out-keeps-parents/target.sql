CREATE TABLE customers (id integer PRIMARY KEY);
INSERT INTO customers VALUES (7);
CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer, note varchar(20), FOREIGN KEY (customer_id) REFERENCES customers (id));
INSERT INTO orders VALUES (70, 7, 'old');
