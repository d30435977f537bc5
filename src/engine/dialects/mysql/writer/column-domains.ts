// What kernels hold the values of a column against, as kernels/domains.ts reads it.

import type { WrittenAs } from './written-as.ts';

/** Empty for columns that have none. */
export function columnDomains(columns: readonly WrittenAs[]): Buffer {
  const offsets = Buffer.alloc(4 * columns.length);
  const domains: Buffer[] = [offsets];
  let end = offsets.length;
  columns.forEach((column, i) => {
    offsets.writeUInt32LE(end, 4 * i);
    const domain = domainOf(column);
    domains.push(domain);
    end += domain.length;
  });
  return Buffer.concat(domains);
}

function domainOf(column: WrittenAs): Buffer {
  switch (column.as) {
    case 'label':
    case 'labels':
      return labels(column.labels);
    case 'bytes':
      return uint(4, column.fixed);
    case 'number':
    case 'double':
    case 'bits':
    case 'moment':
    case 'shape':
    case 'text':
      return Buffer.alloc(0);
  }
}

function labels(texts: readonly string[]): Buffer {
  const each = texts.map((text) => Buffer.from(text));
  return Buffer.concat([uint(2, each.length), ...each.flatMap((label) => [uint(2, label.length), label])]);
}

function uint(size: 2 | 4, value: number): Buffer {
  const bytes = Buffer.alloc(size);
  bytes.writeUIntLE(value, 0, size);
  return bytes;
}
