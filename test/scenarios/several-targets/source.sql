CREATE TABLE customers (id integer PRIMARY KEY, name varchar(40), city varchar(40), country varchar(2));
INSERT INTO customers VALUES (1, 'Ada', 'London', 'UK');
INSERT INTO customers VALUES (2, 'Grace', 'New York', 'US');
INSERT INTO customers VALUES (3, 'Alan', 'London', 'UK');
INSERT INTO customers VALUES (4, 'Kurt', 'Brno', 'CZ');
CREATE VIEW britons AS SELECT id, name FROM customers WHERE country = 'UK';
