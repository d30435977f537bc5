CREATE TABLE owners (id integer PRIMARY KEY, name varchar(50), since integer DEFAULT 2020);
CREATE TABLE dogs (id integer PRIMARY KEY, owner_id integer, CONSTRAINT dogs_owner_fk FOREIGN KEY (owner_id) REFERENCES owners (id));
INSERT INTO owners VALUES (1, 'old', 2001), (2, 'old too', 2002);
INSERT INTO dogs VALUES (1, 2);
