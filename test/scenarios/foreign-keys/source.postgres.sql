-- Composite, self-referring and cyclic foreign keys; tables in an order that helps nobody.

CREATE TABLE a_children (
  id integer NOT NULL PRIMARY KEY,
  zone integer NOT NULL,
  code varchar(10) NOT NULL,
  parent_id integer
);
CREATE TABLE zones (zone integer NOT NULL, code varchar(10) NOT NULL, name varchar(50), PRIMARY KEY (zone, code));
CREATE TABLE hens (id integer NOT NULL PRIMARY KEY, egg_id integer);
CREATE TABLE eggs (id integer NOT NULL PRIMARY KEY, hen_id integer);

INSERT INTO zones VALUES (1, 'a', 'One'), (1, 'b', NULL), (2, 'a', 'Two');
INSERT INTO a_children VALUES (1, 1, 'a', NULL), (2, 1, 'b', 3), (3, 2, 'a', 2), (4, 2, 'a', 4);
INSERT INTO hens VALUES (1, 2), (2, NULL), (3, 1);
INSERT INTO eggs VALUES (1, 3), (2, 1), (3, NULL);

ALTER TABLE a_children ADD CONSTRAINT children_zone_fk FOREIGN KEY (zone, code) REFERENCES zones (zone, code) ON DELETE CASCADE;
ALTER TABLE a_children ADD CONSTRAINT children_parent_fk FOREIGN KEY (parent_id) REFERENCES a_children (id);
ALTER TABLE hens ADD CONSTRAINT hens_egg_fk FOREIGN KEY (egg_id) REFERENCES eggs (id);
ALTER TABLE eggs ADD CONSTRAINT eggs_hen_fk FOREIGN KEY (hen_id) REFERENCES hens (id) ON DELETE SET NULL;
