// Remedies that a click can take: each one, taken, makes its blocker go; and taking one touches nothing else.

import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../src/engine/dialects/dialect.ts';
import { sqlite } from '../../src/engine/dialects/sqlite/index.ts';
import type { Catalog, Table } from '../../src/shared/model/catalog.ts';
import type { Change, Finding } from '../../src/shared/model/finding.ts';
import type { LogicalType } from '../../src/shared/model/logical-type.ts';
import type { Project } from '../../src/shared/model/mapping.ts';
import type { Answers, Profile } from '../../src/shared/model/profile.ts';
import { applyChange } from '../../src/shared/remedy.ts';
import {
  BIGINT,
  catalog,
  column,
  foreignKey,
  INT,
  index,
  servers,
  TEXT,
  table,
  UNSIGNED_BIGINT,
  varchar,
} from '../support/catalogs.ts';
import { columnOf, planOf } from '../support/plans.ts';
import { mysql, postgres } from '../support/pure-dialects.ts';

const dialects: Readonly<Record<keyof typeof servers, Dialect>> = { postgres, mysql, mariadb: mysql, sqlite };
type Server = keyof typeof servers;

interface Case {
  readonly from: Server;
  readonly to: Server;
  readonly tables: Table[];
  readonly standing?: Table[];
  readonly profile?: Profile;
  readonly edit?: (project: Project) => void;
  readonly code: string;
  /** What is offered, in this order. */
  readonly offers: readonly Change[];
}

const id = column('id', 'integer', BIGINT, { nullable: false });
const pk = { name: 'pk', columns: ['id'] };
const DATE: LogicalType = { kind: 'date' };
const DECIMAL: LogicalType = { kind: 'decimal', precision: null, scale: null };
const BYTES: LogicalType = { kind: 'binary', length: null, fixed: false };

/** A table `t` of a key and the column `c`. */
function valueCase(
  [from, to]: [Server, Server],
  logical: LogicalType,
  type: string,
  answers: Answers,
  code: string,
  offers: readonly (string | 'null' | 'skip' | 'aside')[],
  nullable = true,
): Case {
  const at = { table: 't', column: 'c' };
  return {
    from,
    to,
    tables: [table('t', [id, column('c', 'some type', logical, { nullable })], { primaryKey: pk })],
    profile: { t: { c: answers } },
    edit: (project) => {
      columnOf(project, 't', 'c').type = type;
    },
    code,
    offers: offers.map((offer): Change => {
      if (offer === 'aside') return { kind: 'keep aside', table: 't', percent: 10 };
      if (offer === 'null') return { kind: 'null misfits', ...at };
      return offer === 'skip' ? { kind: 'skip column', ...at } : { kind: 'type', ...at, type: offer };
    }),
  };
}

const stored = (integer: number, real: number, text: number, blob: number): Answers => ({
  storageInteger: String(integer),
  storageReal: String(real),
  storageText: String(text),
  storageBlob: String(blob),
});

const values: [string, Case][] = [
  [
    'zero dates',
    valueCase(['mysql', 'postgres'], DATE, 'date', { zeroDates: '3' }, 'value.zero-date', ['null', 'text', 'aside']),
  ],
  [
    'zero dates where NULL is none',
    valueCase(['mysql', 'postgres'], DATE, 'date', { zeroDates: '3' }, 'value.zero-date', ['text', 'aside'], false),
  ],
  [
    'unsigned integers beyond bigint',
    valueCase(
      ['mysql', 'postgres'],
      UNSIGNED_BIGINT,
      'bigint',
      { min: '0', max: '18446744073709551615' },
      'value.integer-range',
      ['null', 'numeric(20)', 'aside'],
    ),
  ],
  [
    'texts that are too long',
    valueCase(['postgres', 'mariadb'], TEXT, 'varchar(10)', { maxChars: '40' }, 'value.text-too-long', [
      'varchar(40)',
      'aside',
    ]),
  ],
  [
    'U+0000 in a column that is text already',
    valueCase(['mysql', 'postgres'], TEXT, 'text', { nulCharacters: '1' }, 'value.nul-character', ['bytea', 'aside']),
  ],
  [
    'U+0000 in jsonb',
    valueCase(['mariadb', 'postgres'], { kind: 'json' }, 'jsonb', { nulCharacters: '1' }, 'value.nul-character', [
      'json',
    ]),
  ],
  [
    'digits before the point',
    valueCase(
      ['postgres', 'mariadb'],
      DECIMAL,
      'decimal(10,2)',
      { maxIntegerDigits: '12', maxScale: '3' },
      'value.decimal-overflow',
      ['decimal(15,3)', 'aside'],
    ),
  ],
  [
    'digits after the point',
    valueCase(
      ['postgres', 'mariadb'],
      DECIMAL,
      'decimal(10,2)',
      { maxIntegerDigits: '3', maxScale: '4' },
      'value.scale-loss',
      ['decimal(12,4)', 'aside'],
    ),
  ],
  [
    'NaN',
    valueCase(['postgres', 'mariadb'], { kind: 'float', bits: 64 }, 'double', { notFinite: '1' }, 'value.not-finite', [
      'null',
      'longtext',
      'aside',
    ]),
  ],
  [
    'times beyond a day',
    valueCase(
      ['mysql', 'postgres'],
      { kind: 'time', precision: 0, extended: true, zone: false },
      'time',
      { timeOutsideDay: '1' },
      'value.time-outside-day',
      ['null', 'interval', 'aside'],
    ),
  ],
  [
    'texts that are no JSON',
    valueCase(['mysql', 'postgres'], TEXT, 'jsonb', { notJson: '1' }, 'value.not-json', ['text', 'aside']),
  ],
  [
    'types that have nothing in common',
    valueCase(['postgres', 'mariadb'], { kind: 'uuid' }, 'datetime', {}, 'convert.unsupported', ['char(36)']),
  ],
  [
    'bits of another length',
    valueCase(['mysql', 'postgres'], { kind: 'bit', length: 8, varying: false }, 'bit(4)', {}, 'value.bit-length', [
      'bit(8)',
    ]),
  ],
  [
    'words among the numbers of SQLite',
    valueCase(['sqlite', 'postgres'], BIGINT, 'bigint', stored(5, 0, 2, 0), 'value.storage-misfit', ['text']),
  ],
  [
    'bytes among the texts of SQLite',
    valueCase(['sqlite', 'postgres'], TEXT, 'text', stored(0, 0, 5, 2), 'value.storage-misfit', ['bytea']),
  ],
  [
    'bytes among the numbers of SQLite',
    valueCase(['sqlite', 'postgres'], BIGINT, 'bigint', stored(5, 0, 1, 2), 'value.storage-misfit', ['skip']),
  ],
  [
    'texts of SQLite that are no UTF-8',
    valueCase(['sqlite', 'mariadb'], TEXT, 'longtext', { ...stored(0, 0, 5, 0), notUtf8: '1' }, 'value.not-utf8', [
      'longblob',
    ]),
  ],
];

const keyed = column('c', 'text', TEXT);
const structures: [string, Case][] = [
  [
    'a key that is too long',
    {
      from: 'postgres',
      to: 'mariadb',
      tables: [table('t', [id, keyed], { indexes: [index('u', ['c'], { unique: true })] })],
      profile: { t: { c: { maxChars: '200' } } },
      edit: (project) => {
        columnOf(project, 't', 'c').type = 'longtext';
      },
      code: 'structure.key-too-long',
      offers: [
        { kind: 'type', table: 't', column: 'c', type: 'varchar(255)' },
        { kind: 'skip column', table: 't', column: 'c' },
      ],
    },
  ],
  [
    'a key that no bound would hold',
    {
      from: 'postgres',
      to: 'mariadb',
      tables: [table('t', [id, keyed], { indexes: [index('u', ['c'], { unique: true })] })],
      profile: { t: { c: { maxChars: '9000' } } },
      edit: (project) => {
        columnOf(project, 't', 'c').type = 'longtext';
      },
      code: 'structure.key-too-long',
      offers: [{ kind: 'skip column', table: 't', column: 'c' }],
    },
  ],
  [
    'a row that is too long',
    {
      from: 'postgres',
      to: 'mariadb',
      tables: [table('t', [id, column('a', 'v', varchar(9000)), column('b', 'v', varchar(8000))])],
      code: 'structure.row-too-long',
      offers: [{ kind: 'type', table: 't', column: 'a', type: 'longtext' }],
    },
  ],
  [
    'a foreign key between two types',
    {
      from: 'mysql',
      to: 'postgres',
      tables: [
        table('parent', [id], { primaryKey: pk }),
        table('child', [column('p', 'int', INT)], { foreignKeys: [foreignKey('fk', ['p'], 'parent', ['id'])] }),
      ],
      edit: (project) => {
        columnOf(project, 'child', 'p').type = 'text';
      },
      code: 'structure.foreign-key-type',
      offers: [
        { kind: 'type', table: 'child', column: 'p', type: 'bigint' },
        { kind: 'type', table: 'parent', column: 'id', type: 'text' },
      ],
    },
  ],
  [
    'rows in the target',
    {
      from: 'mysql',
      to: 'postgres',
      tables: [table('t', [id]), table('other', [id])],
      standing: [table('T', [id]), table('t', [id])],
      code: 'plan.target-has-rows',
      offers: [
        { kind: 'mode', table: 't', mode: 'replace' },
        { kind: 'rename table', table: 't', to: 't_2' },
        { kind: 'skip table', table: 't' },
      ],
    },
  ],
  [
    'what would stay behind',
    {
      from: 'mysql',
      to: 'postgres',
      tables: [table('t', [id])],
      standing: [table('t', [id], { dependants: [{ kind: 'child table', name: 'public.c' }] })],
      edit: (project) => {
        project.mode = 'replace';
      },
      code: 'target.stays-behind',
      offers: [{ kind: 'rename table', table: 't', to: 't_2' }],
    },
  ],
  [
    'two tables of one name',
    {
      from: 'mysql',
      to: 'postgres',
      tables: [table('a', [id]), table('b', [id])],
      edit: (project) => {
        project.tables[1]!.target = 'a';
      },
      code: 'map.name-collision',
      offers: [
        { kind: 'rename table', table: 'b', to: 'a_2' },
        { kind: 'join', table: 'b' },
        { kind: 'skip table', table: 'b' },
      ],
    },
  ],
  [
    'two columns of one name, as the target tells names apart',
    {
      from: 'postgres',
      to: 'mariadb',
      tables: [table('a', [id, column('c', 'integer', INT)])],
      edit: (project) => {
        columnOf(project, 'a', 'c').target = 'ID';
      },
      code: 'map.name-collision',
      offers: [
        { kind: 'rename column', table: 'a', column: 'c', to: 'ID_2' },
        { kind: 'skip column', table: 'a', column: 'c' },
      ],
    },
  ],
  [
    'a table whose name is too long, beside one that has the name that fits',
    {
      from: 'mysql',
      to: 'postgres',
      tables: [table('a', [id]), table('b', [id])],
      edit: (project) => {
        project.tables[0]!.target = 'é'.repeat(32);
        project.tables[1]!.target = `${'é'.repeat(27)}_2e5152e6`;
      },
      code: 'map.name-too-long',
      offers: [{ kind: 'rename table', table: 'a', to: `${'é'.repeat(27)}_f5ca9828` }],
    },
  ],
  [
    'a column whose name is too long',
    {
      from: 'postgres',
      to: 'mariadb',
      tables: [table('a', [id, column('c', 'integer', INT)])],
      edit: (project) => {
        columnOf(project, 'a', 'c').target = 'n'.repeat(65);
      },
      code: 'map.name-too-long',
      offers: [{ kind: 'rename column', table: 'a', column: 'c', to: `${'n'.repeat(55)}_1e3fb6d5` }],
    },
  ],
];

describe.each([...values, ...structures])('%s', (_, given) => {
  const { project, findings } = planned(given);
  const blockers = findings.filter(({ code, severity }) => code === given.code && severity === 'blocker');

  test('are offered what would help, and no type that is chosen already', () => {
    expect(blockers).toHaveLength(1);
    expect(changesOf(blockers[0]!)).toEqual(given.offers);
    expect(new Set(blockers[0]!.remedies.map(({ text }) => text)).size).toBe(blockers[0]!.remedies.length);
  });

  test.each(given.offers)('$kind makes it go', (change) => {
    const after = planned(given, applyChange(project, change)).findings;
    expect(after.filter(({ code, severity }) => code === given.code && severity === 'blocker')).toEqual([]);
  });
});

test('bytes among bytes of SQLite: texts arrive as their bytes, and that is said', () => {
  const given = valueCase(['sqlite', 'postgres'], BYTES, 'bytea', stored(0, 0, 2, 5), '', []);
  expect(planned(given).findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
    'warning value.text-as-bytes',
  ]);
});

describe('taking a remedy', () => {
  const { project } = planned({
    from: 'mysql',
    to: 'postgres',
    tables: [table('a', [id, column('c', 'integer', INT)]), table('b', [id])],
    code: '',
    offers: [],
  });

  test('changes what it names and shares the rest', () => {
    const next = applyChange(project, { kind: 'type', table: 'a', column: 'c', type: 'text' });
    expect(columnOf(next, 'a', 'c').type).toBe('text');
    expect(columnOf(project, 'a', 'c').type).toBe('integer');
    expect(next.tables[1]).toBe(project.tables[1]);
    expect(next.tables[0]!.columns[0]).toBe(project.tables[0]!.columns[0]);
  });

  test('that is taken already, or names nothing, gives the project itself', () => {
    expect(applyChange(project, { kind: 'type', table: 'a', column: 'c', type: 'integer' })).toBe(project);
    expect(applyChange(project, { kind: 'skip column', table: 'gone', column: 'c' })).toBe(project);
  });
});

function planned(given: Case, changed?: Project): { project: Project; findings: readonly Finding[] } {
  let project: Project | undefined;
  const source: Catalog = catalog(servers[given.from], given.tables);
  const plan = planOf({
    source,
    target: catalog(servers[given.to], given.standing ?? []),
    from: dialects[given.from],
    to: dialects[given.to],
    profile: given.profile ?? {},
    edit: (mapped) => {
      given.edit?.(mapped);
      if (changed) Object.assign(mapped, changed);
      project = structuredClone(mapped);
    },
  });
  return { project: project!, findings: plan.findings };
}

function changesOf({ remedies }: Finding): Change[] {
  return remedies.flatMap(({ change }) => change ?? []);
}
