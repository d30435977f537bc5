CREATE TABLE owners (id integer PRIMARY KEY);
CREATE TABLE dogs (id integer PRIMARY KEY);
