// The tables of the sample. What dirty rows would break is not declared: no foreign key to customers or products.

export const schema = `
CREATE TABLE customers (
  customer_id INTEGER PRIMARY KEY,
  customer_name VARCHAR(120) NOT NULL,
  email_address VARCHAR(160),
  phone_number VARCHAR(40),
  street_address VARCHAR(160),
  city VARCHAR(80),
  state_province VARCHAR(40),
  zip_postal VARCHAR(16),
  country VARCHAR(40),
  status_code VARCHAR(4) NOT NULL DEFAULT '1',
  created_date VARCHAR(32) NOT NULL,
  last_modified DATETIME,
  active BOOLEAN NOT NULL DEFAULT 1
);
CREATE TABLE products (
  product_id INTEGER PRIMARY KEY,
  product_code VARCHAR(40),
  product_name VARCHAR(120) NOT NULL,
  description TEXT,
  unit_price VARCHAR(24) NOT NULL,
  category VARCHAR(40),
  status VARCHAR(16),
  product_attributes TEXT
);
CREATE TABLE orders (
  order_id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL,
  order_number VARCHAR(24),
  order_total DECIMAL(12,2),
  status VARCHAR(8) NOT NULL DEFAULT 'NEW',
  order_date DATETIME NOT NULL,
  order_items TEXT
);
CREATE TABLE order_items (
  order_item_id INTEGER PRIMARY KEY,
  order_id INTEGER NOT NULL REFERENCES orders (order_id) ON DELETE CASCADE,
  line_number INTEGER NOT NULL,
  product_id INTEGER NOT NULL,
  quantity INTEGER NOT NULL DEFAULT 1 CHECK (quantity > 0),
  unit_price DECIMAL(10,2) NOT NULL CHECK (unit_price >= 0)
);
`;

export const indexes = `
CREATE INDEX customers_email ON customers (email_address);
CREATE INDEX customers_city ON customers (country, city);
CREATE INDEX products_category ON products (category);
CREATE INDEX orders_customer ON orders (customer_id);
CREATE INDEX orders_date ON orders (order_date);
CREATE UNIQUE INDEX order_items_line ON order_items (order_id, line_number);
CREATE INDEX order_items_product ON order_items (product_id);
`;
