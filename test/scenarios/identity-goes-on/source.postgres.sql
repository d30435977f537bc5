CREATE TABLE tickets (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name varchar(20));
CREATE TABLE unused (id bigserial PRIMARY KEY, name varchar(20));
INSERT INTO tickets (id, name) OVERRIDING SYSTEM VALUE VALUES (-5, 'negative'), (3, 'three'), (70000, 'gap');
