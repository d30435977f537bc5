CREATE TABLE owners (id integer PRIMARY KEY, age integer CONSTRAINT age_check CHECK (age > 0));
PRAGMA ignore_check_constraints = ON;
INSERT INTO owners VALUES (1, 5), (2, -5);
PRAGMA ignore_check_constraints = OFF;
