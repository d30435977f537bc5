// What the values say against the chosen types: each risk with figures, severity and remedy.

import { describe, expect, test } from 'vitest';
import { mapAutomatically } from '../../src/engine/map/map.ts';
import { questionsForPlan } from '../../src/engine/plan/questions.ts';
import type { Finding } from '../../src/shared/model/finding.ts';
import type { LogicalType } from '../../src/shared/model/logical-type.ts';
import type { ColumnMapping } from '../../src/shared/model/mapping.ts';
import type { Answers, Question } from '../../src/shared/model/profile.ts';
import type { ErrorPolicy } from '../../src/shared/model/quarantine.ts';
import { BIGINT, catalog, column, INT, servers, TEXT, table, UNSIGNED_BIGINT } from '../support/catalogs.ts';
import { columnOf, planOf } from '../support/plans.ts';
import { mysql, postgres } from '../support/pure-dialects.ts';

const sides = {
  mysql: { dialect: mysql, server: servers.mariadb },
  postgres: { dialect: postgres, server: servers.postgres },
} as const;
type Side = keyof typeof sides;

const DATE: LogicalType = { kind: 'date' };
const DECIMAL: LogicalType = { kind: 'decimal', precision: null, scale: null };
const DOUBLE: LogicalType = { kind: 'float', bits: 64 };
const TIME: LogicalType = { kind: 'time', precision: 0, extended: true, zone: false };
const STAMP: LogicalType = { kind: 'timestamp', precision: 6, zone: false };

interface Case {
  readonly from: Side;
  readonly to: Side;
  readonly logical: LogicalType;
  readonly type: string;
  readonly answers: Answers;
  readonly edit?: Partial<ColumnMapping>;
  readonly nullable?: boolean;
  readonly errors?: ErrorPolicy;
}

function valueFindings({ from, to, logical, type, answers, edit, nullable = true, errors }: Case): Finding[] {
  const source = catalog(sides[from].server, [table('t', [column('c', 'some type', logical, { nullable })])]);
  const plan = planOf({
    source,
    target: catalog(sides[to].server, []),
    from: sides[from].dialect,
    to: sides[to].dialect,
    profile: { t: { c: answers } },
    edit: (project) => {
      Object.assign(project, errors ? { errors } : {});
      Object.assign(columnOf(project, 't', 'c'), { type, ...edit });
    },
  });
  return plan.findings.filter(({ code }) => /^(value|convert)\./.test(code));
}

function asked(from: Side, to: Side, logical: LogicalType, type: string, stored: Answers): Question[] {
  const source = catalog(sides[from].server, [table('t', [column('c', 'some type', logical)])]);
  const target = catalog(sides[to].server, []);
  const project = mapAutomatically({
    source,
    target,
    targetDialect: sides[to].dialect,
    profile: {},
    name: 'q',
    naming: 'keep',
    urls: { source: 's', target: 't' },
  });
  columnOf(project, 't', 'c').type = type;
  const [request] = questionsForPlan(
    {
      project,
      source,
      target,
      sourceDialect: sides[from].dialect,
      targetDialect: sides[to].dialect,
      secrets: {},
    },
    { t: { c: stored } },
  );
  return [...(request?.questions[0]?.ask ?? [])];
}

type Row = [what: string, from: Side, to: Side, LogicalType, type: string, bad: Answers, good: Answers, code: string];

const rows: Row[] = [
  ['zero dates', 'mysql', 'postgres', DATE, 'date', { zeroDates: '3' }, { zeroDates: '0' }, 'value.zero-date'],
  [
    'infinite dates',
    'postgres',
    'mysql',
    DATE,
    'date',
    { dateOutsideRange: '1' },
    { dateOutsideRange: '0' },
    'value.date-range',
  ],
  [
    'unsigned beyond bigint',
    'mysql',
    'postgres',
    UNSIGNED_BIGINT,
    'bigint',
    { min: '0', max: '18446744073709551615' },
    { min: '0', max: '9223372036854775807' },
    'value.integer-range',
  ],
  [
    'integers as boolean',
    'mysql',
    'postgres',
    INT,
    'boolean',
    { min: '0', max: '2' },
    { min: '0', max: '1' },
    'value.not-boolean',
  ],
  [
    'long texts',
    'postgres',
    'mysql',
    TEXT,
    'varchar(10)',
    { maxChars: '11' },
    { maxChars: '10' },
    'value.text-too-long',
  ],
  [
    'NUL characters',
    'mysql',
    'postgres',
    TEXT,
    'text',
    { nulCharacters: '1' },
    { nulCharacters: '0' },
    'value.nul-character',
  ],
  ['NaN', 'postgres', 'mysql', DOUBLE, 'double', { notFinite: '2' }, { notFinite: '0' }, 'value.not-finite'],
  [
    'digits before the point',
    'postgres',
    'mysql',
    DECIMAL,
    'decimal(10,2)',
    { maxIntegerDigits: '9', maxScale: '2' },
    { maxIntegerDigits: '8', maxScale: '2' },
    'value.decimal-overflow',
  ],
  [
    'digits after the point',
    'postgres',
    'mysql',
    DECIMAL,
    'decimal(10,2)',
    { maxIntegerDigits: '1', maxScale: '3' },
    { maxIntegerDigits: '1', maxScale: '2' },
    'value.scale-loss',
  ],
  [
    'times beyond a day',
    'mysql',
    'postgres',
    TIME,
    'time',
    { timeOutsideDay: '4' },
    { timeOutsideDay: '0' },
    'value.time-outside-day',
  ],
  ['texts that are not JSON', 'mysql', 'postgres', TEXT, 'jsonb', { notJson: '1' }, { notJson: '0' }, 'value.not-json'],
  [
    'integers beyond a double',
    'postgres',
    'mysql',
    BIGINT,
    'double',
    { min: '0', max: '9007199254740993' },
    { min: '0', max: '9007199254740992' },
    'value.float-precision',
  ],
];

describe.each(rows)('%s', (_what, from, to, logical, type, bad, good, code) => {
  test('are told, and only when they are there', () => {
    expect(valueFindings({ from, to, logical, type, answers: bad }).map((each) => each.code)).toContain(code);
    expect(valueFindings({ from, to, logical, type, answers: good }).map((each) => each.code)).not.toContain(code);
  });

  test('are asked for', () => {
    expect(asked(from, to, logical, type, bad)).toEqual(expect.arrayContaining(Object.keys(good)));
  });
});

describe('a blocker', () => {
  const zero = { from: 'mysql', to: 'postgres', logical: DATE, type: 'date', answers: { zeroDates: '3' } } as const;

  test('comes with figures and remedies', () => {
    const [found] = valueFindings(zero);
    expect(found).toMatchObject({ severity: 'blocker', rows: '3', place: { side: 'source', table: 't', column: 'c' } });
    expect(found!.message).toContain('3 values that are zero or partial dates');
    expect(found!.remedies).toEqual([
      {
        text: expect.stringContaining('Store NULL instead'),
        change: { kind: 'null misfits', table: 't', column: 'c' },
      },
      { text: expect.stringContaining('text'), change: { kind: 'type', table: 't', column: 'c', type: 'text' } },
      {
        text: 'Keep such rows aside in quarantine, up to 10 % of t.',
        change: { kind: 'keep aside', table: 't', percent: 10 },
      },
    ]);
  });

  test('becomes a warning when rows are kept aside, as long as there is room for those that are known', () => {
    const aside = (rows: number) => valueFindings({ ...zero, errors: { onError: 'quarantine', rows } })[0]!;
    expect(aside(3)).toMatchObject({ severity: 'warning', remedies: [] });
    expect(aside(3).message).toContain('; each such row goes into quarantine.');
    expect(aside(2)).toMatchObject({
      severity: 'blocker',
      remedies: [{ text: expect.anything() }, { text: expect.anything() }],
    });
    expect(aside(2).message).toContain('more than may be kept aside, which is 2 rows of a table.');
  });

  test('becomes a warning when the project stores NULL instead', () => {
    const [found] = valueFindings({ ...zero, edit: { unrepresentable: 'null' } });
    expect(found).toMatchObject({ severity: 'warning', rows: '3' });
  });

  test('stays one where the column may not be NULL', () => {
    const found = valueFindings({ ...zero, edit: { unrepresentable: 'null' }, nullable: false });
    expect(found.map((each) => `${each.severity} ${each.code}`)).toEqual([
      'blocker value.zero-date',
      'warning value.null-into-not-null',
    ]);
  });
});

test('types that can not be turned into each other block', () => {
  const [found] = valueFindings({
    from: 'postgres',
    to: 'mysql',
    logical: { kind: 'uuid' },
    type: 'datetime',
    answers: {},
  });
  expect(found).toMatchObject({ code: 'convert.unsupported', severity: 'blocker' });
});

test('the same type of the same family asks nothing', () => {
  const source = catalog(servers.postgres, [table('t', [column('c', 'timestamp without time zone', STAMP)])]);
  const plan = planOf({ source, target: catalog(servers.postgres, []), from: postgres, to: postgres });
  expect(plan.findings.filter(({ code }) => code.startsWith('value.'))).toEqual([]);
});
