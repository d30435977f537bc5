// Columns: type, nullability, default, identity, generated expression, collation, comment.

import type pg from 'pg';
import type { Column } from '../../../../shared/model/catalog.ts';
import type { LogicalType, ScalarType } from '../../../../shared/model/logical-type.ts';
import { parseDefault } from '../default-sql.ts';
import { parseType } from '../type-parse.ts';
import { byTable, names, type Row, rowsOf, tablesCte } from './catalogue.ts';

/** By table oid, in the table's order. Domains appear as the type they stand on. */
export async function readColumns(client: pg.Client, schema: string): Promise<Map<string, Column[]>> {
  const sequences = await readOwnedSequences(client, schema);
  const rows = await rowsOf(
    client,
    `${tablesCte(schema)},
     bases AS MATERIALIZED (
       WITH RECURSIVE chain AS (
         SELECT y.oid AS domain, y.typbasetype AS base, y.typtypmod AS modifier, y.typnotnull AS required,
           y.typdefault AS value
         FROM pg_type y WHERE y.typtype = 'd'
         UNION ALL
         SELECT c.domain, y.typbasetype, y.typtypmod, c.required OR y.typnotnull, coalesce(c.value, y.typdefault)
         FROM chain c JOIN pg_type y ON y.oid = c.base AND y.typtype = 'd')
       SELECT c.* FROM chain c JOIN pg_type y ON y.oid = c.base AND y.typtype <> 'd')
     SELECT t.oid, a.attnum AS number, a.attname AS name,
       format_type(coalesce(b.base, a.atttypid), coalesce(b.modifier, a.atttypmod)) AS native,
       y.typtype AS typtype, element.typtype AS elementtype,
       (SELECT json_agg(l.enumlabel ORDER BY l.enumsortorder) FROM pg_enum l
         WHERE l.enumtypid = coalesce(element.oid, y.oid)) AS labels,
       a.attnotnull OR coalesce(b.required, false) AS required,
       a.attidentity AS identity, a.attgenerated AS generated,
       coalesce(pg_get_expr(v.adbin, v.adrelid), b.value) AS value,
       l.collname AS collation, l.collisdeterministic AS deterministic, a.attcollation <> y.typcollation AS collated,
       d.description AS comment
     FROM t
     JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
     LEFT JOIN bases b ON b.domain = a.atttypid
     JOIN pg_type y ON y.oid = coalesce(b.base, a.atttypid)
     LEFT JOIN pg_type element ON element.oid = y.typelem AND y.typcategory = 'A'
     LEFT JOIN pg_attrdef v ON v.adrelid = a.attrelid AND v.adnum = a.attnum
     LEFT JOIN pg_collation l ON l.oid = a.attcollation
     LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = t.oid AND d.objsubid = a.attnum
     ORDER BY t.relname, a.attnum`,
  );
  return byTable(rows, (row) => columnOf(row, sequences));
}

interface Sequence {
  /** Null where it may not be read. */
  readonly next: string | null;
  readonly step: string;
}

/** The sequence of each column that has one, by `oid.number`. */
async function readOwnedSequences(client: pg.Client, schema: string): Promise<Map<string, Sequence>> {
  const rows = await rowsOf(
    client,
    `${tablesCte(schema)}
     SELECT t.oid, d.refobjsubid AS number, q.seqstart AS first, q.seqincrement AS step, readable.yes AS readable,
       CASE WHEN readable.yes THEN pg_sequence_last_value(q.seqrelid) END AS last
     FROM t
     JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = t.oid AND d.refobjsubid > 0
       AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
     JOIN pg_sequence q ON q.seqrelid = d.objid
     CROSS JOIN LATERAL (SELECT has_sequence_privilege(q.seqrelid, 'USAGE, SELECT') AS yes) readable`,
  );
  return new Map(
    rows.map(({ oid, number, first, step, last, readable }) => {
      const next = last === null ? BigInt(first!) : BigInt(last!) + BigInt(step!);
      const found = { next: readable === 't' ? next.toString() : null, step: step! };
      return [`${oid}.${number}`, found];
    }),
  );
}

function columnOf(row: Row, sequences: ReadonlyMap<string, Sequence>): Column {
  const native = row.native!;
  const logical = logicalOf(row, native);
  const sequence = `${row.oid}.${row.number}`;
  const serial = sequences.has(sequence) && /^nextval\(/.test(row.value ?? '');
  const identity = row.identity !== '' || serial;
  const generated = row.generated !== '';
  return {
    name: row.name!,
    native,
    logical,
    nullable: row.required !== 't',
    default: row.value === null || identity || generated ? null : parseDefault(row.value!, logical),
    identity: identity ? identityOf(row, sequences.get(sequence)) : null,
    generated: generated ? { expression: row.value ?? '', stored: row.generated === 's' } : null,
    touchedOnUpdate: false,
    collation: row.collated === 't' ? row.collation! : null,
    caseSensitive: row.collation === null ? null : row.deterministic !== 'f' && !/citext/.test(native),
    comment: row.comment!,
  };
}

function identityOf(row: Row, sequence: Sequence | undefined): Column['identity'] {
  const { next = null, step = '1' } = sequence ?? {};
  return { always: row.identity === 'a', next, ...(step === '1' || step.startsWith('-') ? {} : { step }) };
}

/** Types of the user's own have no logical type but that of an enum; they travel as text. */
function logicalOf(row: Row, native: string): LogicalType {
  const enumeration: ScalarType = { kind: 'enum', labels: names(row.labels!) };
  if (row.typtype === 'e') return enumeration;
  if (row.elementtype === 'e') return { kind: 'array', element: enumeration };
  if (row.elementtype === 'd') return { kind: 'array', element: { kind: 'text', length: null, fixed: false } };
  const known = parseType(native);
  if (known) return known;
  if (row.elementtype !== null) {
    return { kind: 'array', element: { kind: 'opaque', native: native.replace(/\[\]$/, '') } };
  }
  return { kind: 'opaque', native };
}
