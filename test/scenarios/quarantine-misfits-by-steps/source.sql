CREATE TABLE codes (id integer PRIMARY KEY, code varchar(20), word varchar(20), amount varchar(20));
INSERT INTO codes VALUES (1, 'a', 'yes', '1.5');
INSERT INTO codes VALUES (2, 'much longer', 'yes', '2');
INSERT INTO codes VALUES (3, 'b', 'maybe', '3');
INSERT INTO codes VALUES (4, 'c', 'no', '12345.678');
INSERT INTO codes VALUES (5, NULL, 'no', NULL);
INSERT INTO codes VALUES (6, '', 'yes', '-99.99');
