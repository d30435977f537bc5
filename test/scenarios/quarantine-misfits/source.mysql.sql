SET SESSION sql_mode = '';
CREATE TABLE notes (
  id integer PRIMARY KEY,
  title varchar(40),
  price decimal(12, 4),
  seen date,
  body text
);
INSERT INTO notes VALUES (1, 'short', 12.5, '2020-02-29', '{"a": 1}');
INSERT INTO notes VALUES (2, 'far too long a title', 1, '2020-01-01', '{}');
INSERT INTO notes VALUES (3, 'digits', 12345678.25, '2020-01-01', '{}');
INSERT INTO notes VALUES (4, 'cents', 1.2345, '2020-01-01', '{}');
INSERT INTO notes VALUES (5, 'zero', 1, '0000-00-00', '{}');
INSERT INTO notes VALUES (6, NULL, 1, '2020-01-01', '{}');
INSERT INTO notes VALUES (7, 'no json', 1, '2020-01-01', '{a}');
INSERT INTO notes VALUES (8, 'zwölf Zehn', 99999.99, NULL, NULL);
