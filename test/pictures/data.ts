// The databases in the pictures, as SQL: a shop, a warehouse of 500 tables, and one that can't be moved as it is.

/** For MariaDB. About two million rows. */
export const shop = `
  CREATE TABLE customers (
    id integer AUTO_INCREMENT PRIMARY KEY, email varchar(120) NOT NULL UNIQUE, name varchar(80) NOT NULL,
    city varchar(60), newsletter tinyint(1) NOT NULL DEFAULT 0, born date, created_at datetime NOT NULL,
    CHECK (char_length(email) > 3)
  ) COMMENT 'Whoever bought something';
  CREATE TABLE products (
    id integer AUTO_INCREMENT PRIMARY KEY, sku char(9) NOT NULL UNIQUE, title varchar(200) NOT NULL,
    price decimal(10,2) NOT NULL, tags set('new','sale','heavy') NOT NULL DEFAULT '', details json,
    FULLTEXT KEY products_title (title)
  );
  CREATE TABLE warehouses (id integer PRIMARY KEY, code char(3) NOT NULL, place point);
  CREATE TABLE stock (
    product_id integer NOT NULL, warehouse_id integer NOT NULL, pieces integer unsigned NOT NULL,
    PRIMARY KEY (product_id, warehouse_id),
    FOREIGN KEY (product_id) REFERENCES products (id), FOREIGN KEY (warehouse_id) REFERENCES warehouses (id)
  );
  CREATE TABLE orders (
    id bigint unsigned AUTO_INCREMENT PRIMARY KEY, customer_id integer NOT NULL,
    state enum('cart','paid','sent','returned') NOT NULL DEFAULT 'cart', total decimal(12,2) NOT NULL,
    note text, placed_at timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
    KEY orders_placed (placed_at), FOREIGN KEY (customer_id) REFERENCES customers (id)
  );
  CREATE TABLE order_items (
    order_id bigint unsigned NOT NULL, line smallint NOT NULL, product_id integer NOT NULL,
    pieces smallint NOT NULL, price decimal(10,2) NOT NULL,
    PRIMARY KEY (order_id, line), FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE,
    FOREIGN KEY (product_id) REFERENCES products (id)
  );
  CREATE TABLE payments (
    id binary(16) PRIMARY KEY, order_id bigint unsigned NOT NULL, amount decimal(12,2) NOT NULL, paid_at datetime(6),
    FOREIGN KEY (order_id) REFERENCES orders (id)
  );
  CREATE TABLE employees (
    id integer PRIMARY KEY, name varchar(80) NOT NULL, manager_id integer,
    FOREIGN KEY (manager_id) REFERENCES employees (id)
  );
  CREATE VIEW open_orders AS SELECT * FROM orders WHERE state = 'paid';
  INSERT INTO customers SELECT seq, concat('customer', seq, '@example.com'),
    concat(elt(1 + seq % 5, 'Ada', 'Grace', 'Edsger', 'Barbara', 'Niklaus'), ' ',
      elt(1 + seq % 7, 'Lovelace', 'Hopper', 'Dijkstra', 'Liskov', 'Wirth', 'Nováková', 'Østergård')),
    elt(1 + seq % 6, 'Lyon', 'København', 'Łódź', 'Praha', NULL, 'Utrecht'), seq % 3 = 0,
    date '1950-01-01' + INTERVAL seq DAY, '2024-01-01' + INTERVAL seq MINUTE FROM seq_1_to_12000;
  INSERT INTO products SELECT seq, concat('SKU-', lpad(seq, 5, '0')), concat('Thing number ', seq), seq / 7 + 1,
    elt(1 + seq % 3, '', 'new', 'sale,heavy'), json_object('weight', seq % 40, 'colours', json_array('red', 'blue'))
    FROM seq_1_to_2000;
  INSERT INTO warehouses VALUES (1, 'LYS', NULL), (2, 'CPH', NULL), (3, 'PRG', NULL);
  INSERT INTO stock SELECT p.seq, w.seq, p.seq % 90 FROM seq_1_to_2000 p, seq_1_to_3 w;
  INSERT INTO orders SELECT seq, 1 + seq % 12000, elt(1 + seq % 4, 'cart', 'paid', 'sent', 'returned'), seq % 900 + 0.5,
    if(seq % 11 = 0, 'Ring twice, please.', NULL), '2024-03-01' + INTERVAL seq MINUTE FROM seq_1_to_200000;
  INSERT INTO order_items SELECT o.seq, l.seq, 1 + (o.seq * l.seq) % 2000, l.seq, o.seq % 90 + 0.25
    FROM seq_1_to_200000 o, seq_1_to_8 l;
  INSERT INTO payments SELECT unhex(md5(seq)), seq, seq % 900 + 0.5, '2024-03-02' + INTERVAL seq SECOND
    FROM seq_1_to_200000 WHERE seq % 4 IN (1, 2);
  INSERT INTO employees SELECT seq, concat('Employee ', seq), if(seq = 1, NULL, seq DIV 5 + 1) FROM seq_1_to_40;
  ANALYZE TABLE customers, products, stock, orders, order_items, payments, employees;
`;

const areas = ['sales', 'stock', 'people', 'billing', 'fleet', 'web', 'audit', 'archive', 'geo', 'legal'];

export function nameInCrowd(table: number): string {
  return `${areas[table % areas.length]}_${String(table).padStart(3, '0')}_with_a_rather_long_name`;
}

/** For PostgreSQL. Foreign keys within each area; a cycle; a table of 1,000 columns. */
export const crowd = [
  ...Array.from({ length: 499 }, (_, i) => {
    const area = areas[i % areas.length]!;
    const parent = Math.floor(i / areas.length / 2) * areas.length + (i % areas.length);
    return `CREATE TABLE ${nameInCrowd(i)} (
        id bigint PRIMARY KEY, parent_id bigint${parent === i ? '' : ` REFERENCES ${nameInCrowd(parent)} (id)`},
        code varchar(40) UNIQUE, ${area}_value numeric(12,3), changed_at timestamptz, payload jsonb, codes integer[]
      );
      INSERT INTO ${nameInCrowd(i)}
        SELECT n, 1 + n % 40, '${area}' || n, n / 7.0, now(), '{"a": 1}', ARRAY[n, 2] FROM generate_series(1, ${40 + ((i * 37) % 900)}) n;`;
  }),
  `CREATE TABLE wide_measurements (id integer PRIMARY KEY, ${Array.from({ length: 999 }, (_, i) => `m_${i} ${i % 5 === 0 ? 'text' : 'integer'}`).join(', ')})`,
  'INSERT INTO wide_measurements (id, m_1, m_5) SELECT n, n * 3, n FROM generate_series(1, 200) n',
  'ANALYZE',
].join(';\n');

/** For MariaDB: values that PostgreSQL has not, and orphans that only its foreign key finds. */
export const faults = `
  SET sql_mode = '', foreign_key_checks = 0;
  CREATE TABLE customers (id integer PRIMARY KEY, name varchar(60) NOT NULL, born date, notes text);
  INSERT INTO customers SELECT seq, concat('Customer ', seq), '1980-01-01' + INTERVAL seq DAY, NULL FROM seq_1_to_5000;
  UPDATE customers SET born = '0000-00-00' WHERE id % 700 = 0;
  UPDATE customers SET notes = concat('left', char(0), 'right') WHERE id % 900 = 0;
  CREATE TABLE orders (
    id integer PRIMARY KEY, customer_id integer, total decimal(10,2), placed datetime, place point,
    FOREIGN KEY (customer_id) REFERENCES customers (id)
  );
  INSERT INTO orders SELECT seq, seq, seq, '2024-02-30', NULL FROM seq_1_to_40000;
  CREATE TABLE calendar (day date PRIMARY KEY, what varchar(40), opens time);
  INSERT INTO calendar VALUES ('2024-12-24', 'Christmas Eve', '08:30'), ('2024-12-31', 'Stock-taking', '-12:00');
`;
