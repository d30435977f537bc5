CREATE TABLE countries (iso varchar(2) PRIMARY KEY, id integer NOT NULL);
INSERT INTO countries VALUES ('GB', 44);
INSERT INTO countries VALUES ('US', 1);
