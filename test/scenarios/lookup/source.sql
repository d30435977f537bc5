CREATE TABLE customers (code varchar(10) PRIMARY KEY, name varchar(40));
INSERT INTO customers VALUES ('K-1', 'Ada');
INSERT INTO customers VALUES ('K-2', 'Grace');
INSERT INTO customers VALUES ('K-9', 'Alan');
CREATE TABLE orders (order_id integer PRIMARY KEY, customer varchar(10), country varchar(2));
INSERT INTO orders VALUES (1, 'K-9', 'GB');
INSERT INTO orders VALUES (2, 'K-1', 'US');
INSERT INTO orders VALUES (3, 'K-7', 'US');
INSERT INTO orders VALUES (4, NULL, 'XX');
