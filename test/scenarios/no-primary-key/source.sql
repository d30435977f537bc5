CREATE TABLE events (a integer, b varchar(20));
INSERT INTO events VALUES (1, 'x'), (1, 'x'), (2, NULL), (1, 'x'), (NULL, NULL), (2, NULL), (1, 'x');
