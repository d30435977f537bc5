// What a column's profile says, in words: what a migration stumbles over, with its count.

import { count, list, many } from '../../shared/format.ts';
import type { Column } from '../../shared/model/catalog.ts';
import type { ProfileFinding } from '../../shared/model/column-profile.ts';
import type { ColumnFacts, DistinctFacts } from '../dialects/column-profiler.ts';
import type { CountName } from '../dialects/column-words.ts';
import { dateForms } from './patterns.ts';

/** The gravest first. `texts` are those that patterns are told from. */
export function findingsOf(
  column: Column,
  facts: ColumnFacts,
  distinct: DistinctFacts | null,
  texts: readonly string[],
): ProfileFinding[] {
  const { scope, nulls } = facts;
  if (scope.rows > 0 && nulls === scope.rows) {
    return [{ kind: 'only NULLs', rows: nulls, message: 'It holds nothing but NULL.' }];
  }
  return [
    ...storedOtherwise(column, facts),
    ...COUNTED.flatMap(({ kind, of, say }) => {
      const rows = facts.counts[of] ?? 0;
      return rows === 0 ? [] : [{ kind, rows, message: say(rows, column) }];
    }),
    ...mixedDates(texts),
    ...(distinct?.values === 1 && scope.rows - nulls > 1
      ? [
          {
            kind: 'one value',
            rows: null,
            message: `Every row${nulls > 0 ? ' that is not NULL' : ''} holds the same value.`,
          } as const,
        ]
      : []),
  ];
}

interface Counted {
  readonly kind: ProfileFinding['kind'];
  readonly of: CountName;
  readonly say: (rows: number, column: Column) => string;
}

const COUNTED: readonly Counted[] = [
  {
    kind: 'zero dates',
    of: 'zeroDates',
    say: (rows) =>
      `${many(rows, 'date has', 'dates have')} a year, month or day of zero, which other databases refuse.`,
  },
  {
    kind: 'not finite',
    of: 'notFinite',
    say: (rows) => `${many(rows, 'number is', 'numbers are')} NaN or infinite.`,
  },
  {
    kind: 'U+0000',
    of: 'nulCharacters',
    say: (rows) => `${many(rows, 'text holds', 'texts hold')} U+0000, which PostgreSQL can't store.`,
  },
  {
    kind: 'too long',
    of: 'tooLong',
    say: (rows, { native }) => `${many(rows, 'text is', 'texts are')} longer than ${native} says.`,
  },
  {
    kind: 'padded',
    of: 'padded',
    say: (rows) => `${many(rows, 'text begins or ends', 'texts begin or end')} with blanks.`,
  },
  {
    kind: 'empty',
    of: 'empty',
    say: (rows, { logical }) =>
      logical.kind === 'binary'
        ? `${many(rows, 'value is', 'values are')} empty.`
        : `${many(rows, 'text is', 'texts are')} empty, not NULL.`,
  },
];

const NUMBERS = ['storedInteger', 'storedReal'] as const;
const EXPECTED: Readonly<Partial<Record<Column['logical']['kind'], readonly CountName[]>>> = {
  boolean: ['storedInteger'],
  integer: ['storedInteger'],
  decimal: NUMBERS,
  float: NUMBERS,
  text: ['storedText'],
  binary: ['storedBlob'],
  date: ['storedText'],
  timestamp: ['storedText'],
  time: ['storedText'],
  json: ['storedText'],
  uuid: ['storedText'],
};
const AS: Readonly<Partial<Record<CountName, string>>> = {
  storedInteger: 'as integers',
  storedReal: 'as floating point',
  storedText: 'as text',
  storedBlob: 'as bytes',
};

/** SQLite keeps values of any type in any column. */
function storedOtherwise({ logical, native }: Column, { counts }: ColumnFacts): ProfileFinding[] {
  const expected = EXPECTED[logical.kind];
  const stored = (Object.keys(AS) as CountName[]).filter((name) => (counts[name] ?? 0) > 0);
  const odd = expected ? stored.filter((name) => !expected.includes(name)) : stored.length > 1 ? stored : [];
  if (odd.length === 0) return [];
  const rows = odd.reduce((sum, name) => sum + (counts[name] ?? 0), 0);
  const ways = list(odd.map((name) => `${count(counts[name] ?? 0)} ${AS[name]}`));
  const declared = native === '' ? 'no type' : native;
  return [{ kind: 'stored otherwise', rows, message: `Of this column of ${declared}, values are stored ${ways}.` }];
}

function mixedDates(texts: readonly string[]): ProfileFinding[] {
  const forms = dateForms(texts);
  if (forms.length === 0) return [];
  const ways = list(forms.map(({ form, values }) => `${form} (${count(values)})`));
  return [
    {
      kind: 'mixed dates',
      rows: null,
      message: `Dates are written in ${forms.length} ways: ${ways}, of ${many(texts.length, 'value')} that were looked at.`,
    },
  ];
}
