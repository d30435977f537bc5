CREATE TABLE people (id integer PRIMARY KEY, name varchar(50), born integer DEFAULT 2020, kind varchar(10) DEFAULT 'old');
INSERT INTO people VALUES (1, 'old', 1950, 'a');
INSERT INTO people VALUES (2, 'old too', 1951, 'b');
CREATE TABLE visits (id integer PRIMARY KEY, guest integer, CONSTRAINT visits_guest_fk FOREIGN KEY (guest) REFERENCES people (id));
