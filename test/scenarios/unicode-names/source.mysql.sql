CREATE TABLE `Größe` (`日本` integer NOT NULL PRIMARY KEY, `select` varchar(20), `a b` varchar(20), `q't` integer);
CREATE INDEX `índice` ON `Größe` (`select`);
INSERT INTO `Größe` VALUES (1, 'ü', '😀', 5);
