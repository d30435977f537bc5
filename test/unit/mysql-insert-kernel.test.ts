// Rows of an INSERT by WebAssembly against the plain way: the same statements for random rows, or the same refusal.

import { expect, test } from 'vitest';
import type { Link } from '../../src/engine/dialects/mysql/connection.ts';
import type { Command } from '../../src/engine/dialects/mysql/wire/command.ts';
import { InsertLoader } from '../../src/engine/dialects/mysql/writer/loader.ts';
import type { LoadOrder } from '../../src/engine/dialects/writing.ts';
import { BatchWriter } from '../../src/engine/pipeline/batch.ts';
import { type Random, seeded } from '../../src/host/sample/random.ts';
import type { LogicalType } from '../../src/shared/model/logical-type.ts';
import type { TargetColumn } from '../../src/shared/model/plan.ts';
import { KINDS } from './kernel-values.ts';

/** Types of a target, and which of the random values go there. */
const NATIVES: Readonly<Partial<Record<LogicalType['kind'], readonly string[]>>> = {
  boolean: ['tinyint(1)'],
  integer: ['bigint'],
  decimal: ['decimal(38,6)'],
  float: ['double'],
  text: ['longtext'],
  binary: ['longblob', 'binary(4)'],
  date: ['date', 'varchar(30)'],
  time: ['time(6)', 'time(2)', 'varchar(30)'],
  timestamp: ['datetime(6)', 'datetime', 'datetime(3)'],
  uuid: ['char(36)'],
  json: ['json'],
  bit: ['bit(9)', 'varchar(9)'],
  enum: ['varchar(20)', "enum('a','Åse','','yy','%')"],
  set: ['varchar(20)', "set('a','yy','Åse')"],
  opaque: ['longtext'],
};

const ALL_KINDS: typeof KINDS = [
  ...KINDS,
  [{ kind: 'set', labels: [] }, (random) => random.pick(['', 'a', 'yy,a', 'Åse', 'a,', 'A', 'y'])],
];

test('random rows, and packets of any length', async () => {
  const random = seeded(20_261_131);
  let refused = 0;
  for (let round = 0; round < 400; round++) {
    const columns = columnsOf(random, random.percent(70));
    const batch = batchOf(random, columns, random.whole(0, 60));
    const packet = random.pick([2000, 20_000, 1_000_000, 16_000_000]);
    const batchSize = random.pick([null, null, 1, 7]);
    const [byKernel, plain] = [
      await sent(columns, batch, packet, batchSize, false),
      await sent(columns, batch, packet, batchSize, true),
    ];
    expect(byKernel).toEqual(plain);
    if ('refused' in plain) refused++;
  }
  expect(refused).toBeGreaterThan(40);
  expect(refused).toBeLessThan(300);
});

interface Column {
  readonly target: TargetColumn;
  readonly make: (random: Random) => Buffer | string | number;
}

/** `tame`: types that take whatever comes. */
function columnsOf(random: Random, tame: boolean): Column[] {
  return Array.from({ length: random.whole(1, 7) }, (_, i) => {
    const [logical, make] = random.pick(
      ALL_KINDS.filter(([{ kind }]) => NATIVES[kind] && !(tame && kind === 'decimal')),
    );
    const natives = NATIVES[logical.kind]!;
    const target = {
      name: `c${i}`,
      native: tame ? natives[0]! : random.pick(natives),
      logical,
      nullable: tame || random.percent(95),
    } as unknown as TargetColumn;
    return { target, make };
  });
}

function batchOf(random: Random, columns: readonly Column[], rows: number): BatchWriter {
  const batch = new BatchWriter();
  for (let row = 0; row < rows; row++) {
    for (const { make } of columns) {
      const value = random.percent(5) ? null : make(random);
      if (value === null) batch.null();
      else if (typeof value === 'number') batch.double(value);
      else {
        const bytes = Buffer.from(value as string);
        batch.field(bytes, 0, bytes.length);
      }
    }
    batch.rows++;
  }
  return batch;
}

/** The rows of all statements, and that none is longer than the packet; or why one was refused. */
async function sent(
  columns: readonly Column[],
  batch: BatchWriter,
  packet: number,
  batchSize: number | null,
  plain: boolean,
) {
  const statements: string[] = [];
  const link = {
    server: { variant: 'MariaDB' },
    raw: { addCommand: (command: Command) => taken(command, statements) },
    query: async () => [],
  };
  const order = {
    table: { name: 't', columns: columns.map(({ target }) => target) },
    columns: columns.map(({ target }) => target.name),
    chunk: 0,
    batchSize,
    lying: null,
  } as unknown as LoadOrder;
  const loader = new InsertLoader(link as unknown as Link, { id: 'abcdefghijkl', epoch: 1 }, order, {
    packet,
    bulk: null,
    plain,
  });
  try {
    await loader.write(batch);
    await loader.commit({ rows: batch.rows, digest: '' });
  } catch (error) {
    return { refused: (error as Error).message };
  }
  for (const statement of statements) expect(statement.length).toBeLessThanOrEqual(packet);
  const [head = ''] = /^.*? VALUES /s.exec(statements[0] ?? '') ?? [];
  return { rows: statements.map((statement) => statement.slice(head.length)).join(',') };
}

/** As a server that takes every row, with a warning for each blank of an ENUM. */
function taken(command: Command, statements: string[]): void {
  const connection = {
    sequenceId: 0,
    _resetSequenceId: () => undefined,
    _bumpSequenceId: () => undefined,
    write(bytes: Buffer) {
      const sql = bytes.toString('latin1', 5);
      statements.push(sql);
      const rows = rowsIn(sql);
      const okay = Buffer.from([0, 0xfd, rows & 0xff, rows >> 8, 0, 0, 2, 0, 0, 0]);
      queueMicrotask(() => command.execute({ buffer: okay, offset: 0, end: okay.length }, connection as never));
    },
  };
  command.execute(undefined, connection as never);
}

/** Parentheses that open outside of quotes, behind those of the columns. */
function rowsIn(sql: string): number {
  const literals = /'(?:[^'\\]|\\.)*'/gs;
  return sql.replaceAll(literals, '').split('(').length - 2;
}
