CREATE TABLE dogs (id integer PRIMARY KEY, owner_id integer);
CREATE TABLE owners (id integer PRIMARY KEY, name varchar(50));
INSERT INTO owners VALUES (2, 'newer'), (3, 'new');
INSERT INTO dogs VALUES (2, 3);
