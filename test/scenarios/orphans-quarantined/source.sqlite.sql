CREATE TABLE owners (id integer PRIMARY KEY, name varchar(50));
CREATE TABLE dogs (id integer PRIMARY KEY, owner_id integer, CONSTRAINT dogs_owner_fk FOREIGN KEY (owner_id) REFERENCES owners (id));
CREATE INDEX dogs_owner_idx ON dogs (owner_id);
INSERT INTO owners VALUES (7, 'new');
INSERT INTO dogs VALUES (1, 7), (2, NULL);
INSERT INTO dogs VALUES (3, 99);
