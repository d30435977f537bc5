CREATE TABLE owners (id integer PRIMARY KEY, name varchar(50));
CREATE INDEX owners_name_idx ON owners (name);
CREATE TABLE bystanders (id integer PRIMARY KEY);
INSERT INTO owners VALUES (1, 'old'), (2, 'old too');
INSERT INTO bystanders VALUES (5);
