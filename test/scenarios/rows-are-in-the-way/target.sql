CREATE TABLE owners (id integer PRIMARY KEY, name varchar(50));
CREATE TABLE dogs (id integer PRIMARY KEY, owner_id integer, CONSTRAINT dogs_owner_fk FOREIGN KEY (owner_id) REFERENCES owners (id));
CREATE INDEX dogs_owner_idx ON dogs (owner_id);
CREATE TABLE bystanders (id integer PRIMARY KEY);
INSERT INTO owners VALUES (1, 'old'), (2, 'old too');
INSERT INTO dogs VALUES (1, 2);
INSERT INTO bystanders VALUES (5);
