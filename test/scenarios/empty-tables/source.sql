CREATE TABLE nothing (id integer PRIMARY KEY, name varchar(50) NOT NULL);
CREATE TABLE less (id integer PRIMARY KEY, nothing_id integer, CONSTRAINT less_nothing_fk FOREIGN KEY (nothing_id) REFERENCES nothing (id));
