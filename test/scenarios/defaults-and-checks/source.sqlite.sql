CREATE TABLE goods (
  id integer NOT NULL PRIMARY KEY,
  name varchar(50) DEFAULT 'it''s new',
  price DECIMAL(10,2) NOT NULL DEFAULT 9.50,
  amount integer NOT NULL DEFAULT -1,
  blank varchar(10) NOT NULL DEFAULT '',
  made DATETIME DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT goods_price_check CHECK (price >= 0 AND price < 1000),
  CONSTRAINT goods_name_check CHECK (name IS NULL OR length(name) > 1 OR name IN ('x', 'y'))
);
INSERT INTO goods VALUES (1, NULL, 1.25, 3, '', NULL), (2, 'abc', 0, 0, 'e', NULL);
