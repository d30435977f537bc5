CREATE TABLE heads (id bigint unsigned NOT NULL PRIMARY KEY);
CREATE TABLE tails (id int PRIMARY KEY, head_id bigint unsigned, CONSTRAINT tails_head_fk FOREIGN KEY (head_id) REFERENCES heads (id));
INSERT INTO heads VALUES (1), (18446744073709551615);
INSERT INTO tails VALUES (1, 1);
