CREATE TABLE hollow (id integer PRIMARY KEY, name varchar(50) NOT NULL);
CREATE TABLE less (id integer PRIMARY KEY, hollow_id integer, CONSTRAINT less_hollow_fk FOREIGN KEY (hollow_id) REFERENCES hollow (id));
