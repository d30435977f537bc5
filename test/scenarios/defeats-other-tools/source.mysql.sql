-- The table of which 0 of 3 rows arrive in pgloader, pgferry, nmig and pandas.
CREATE TABLE nasty (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  flags bit(5),
  span time,
  big bigint unsigned,
  tags set('a', 'b', 'c'),
  size enum('', 'small', 'large'),
  day date,
  at datetime,
  title varchar(300),
  KEY nasty_title_idx (title(10))
) AUTO_INCREMENT = 1000;
INSERT INTO nasty VALUES
  (1, b'10101', '-100:30:00', 18446744073709551615, 'a,c', '', '0000-00-00', '0000-00-00 00:00:00', 'zero'),
  (2, b'00000', '838:59:59', 0, '', 'small', '2001-00-05', '2024-02-29 23:59:59', 'partial'),
  (7, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
