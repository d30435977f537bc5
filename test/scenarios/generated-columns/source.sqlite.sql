CREATE TABLE sales (
  id integer NOT NULL PRIMARY KEY,
  quantity integer,
  price DECIMAL(10,2),
  total DECIMAL(12,2) GENERATED ALWAYS AS (quantity * price) STORED,
  label VARCHAR(50) GENERATED ALWAYS AS (first_name || ' ' || last_name) STORED,
  first_name varchar(20),
  last_name varchar(20)
);
INSERT INTO sales (id, quantity, price, first_name, last_name) VALUES (1, 3, 1.25, 'Ada', 'L'), (2, NULL, 4, 'Bob', NULL);
