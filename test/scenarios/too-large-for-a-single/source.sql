CREATE TABLE readings (id integer PRIMARY KEY, measured double precision);
INSERT INTO readings VALUES (1, 1.5);
INSERT INTO readings VALUES (2, 1e300);
INSERT INTO readings VALUES (3, -3.5e38);
INSERT INTO readings VALUES (4, NULL);
