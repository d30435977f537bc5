CREATE TABLE people (id integer PRIMARY KEY, email varchar(80), score integer, twice integer GENERATED ALWAYS AS (score * 2) STORED);
INSERT INTO people (id, email, score) VALUES (1, 'ada@example.com', 1), (2, 'nobody', 2), (3, 'cyd@example.com', 3);
