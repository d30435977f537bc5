CREATE TABLE tickets (id int AUTO_INCREMENT PRIMARY KEY, name varchar(20));
CREATE TABLE unused (id bigint AUTO_INCREMENT PRIMARY KEY, name varchar(20));
INSERT INTO tickets (id, name) VALUES (-5, 'negative'), (3, 'three'), (70000, 'gap');
