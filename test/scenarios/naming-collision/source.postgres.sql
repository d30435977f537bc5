CREATE TABLE "Customers" (id integer);
CREATE TABLE customers (id integer);
