CREATE TABLE people (
  id integer PRIMARY KEY,
  name varchar(80) NOT NULL,
  email varchar(80) NOT NULL,
  status varchar(10),
  born varchar(30),
  street varchar(60),
  city varchar(60),
  country varchar(2),
  price varchar(20),
  notes varchar(40)
);
INSERT INTO people VALUES (1, '  ada   LOVELACE ', ' ADA@Example.COM', '1', '1815-12-10', ' 1 St James ', 'London', NULL, '$1,234.50', 'a');
INSERT INTO people VALUES (2, 'grace hopper', 'grace@example.com', 'S', '12/09/1906', NULL, '', NULL, '7', NULL);
INSERT INTO people VALUES (3, 'N. N.', 'nn@example.com', '?', '19700101', 'Here', NULL, 'DK', '0', 'b');
