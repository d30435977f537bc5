// What a scenario folder holds, and how one is read: see README.md beside this file.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Family, family } from '../../src/shared/model/connection.ts';
import {
  columnMapping,
  declaredKeys,
  onConflict,
  rowLimit,
  tableMapping,
  tableMode,
} from '../../src/shared/model/mapping.ts';
import { errorPolicy } from '../../src/shared/model/quarantine.ts';
import { rule, sqlRule } from '../../src/shared/model/rule.ts';
import { transform } from '../../src/shared/model/transform.ts';
import { whole } from '../support/slice.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** Read as a list. */
function oneOrMore<T extends z.ZodType>(item: T) {
  return z.union([item, z.array(item)]).transform((value) => [value].flat());
}

const rows = z.array(z.array(z.string().nullable()));

const query = z.strictObject({
  sql: z.string(),
  rows,
  /** Where a family needs other words or shows other text. */
  on: z.partialRecord(family, z.strictObject({ sql: z.string().optional(), rows: rows.optional() })).optional(),
});

const columnEdit = z.strictObject({
  target: z.string().optional(),
  type: z.string().optional(),
  skip: z.boolean().optional(),
  unrepresentable: z.enum(['refuse', 'null']).optional(),
  nullable: z.boolean().optional(),
  steps: z.array(transform).optional(),
});

const tableEdit = z.strictObject({
  target: z.string().optional(),
  joins: z.boolean().optional(),
  skip: z.boolean().optional(),
  filter: z.string().optional(),
  errors: errorPolicy.optional(),
  mode: tableMode.optional(),
  key: z.array(z.string()).optional(),
  onConflict: onConflict.optional(),
  /** Source column → what to change. */
  columns: z.record(z.string(), columnEdit).optional(),
  table: z.string().optional(),
  limit: rowLimit.optional(),
  keys: declaredKeys.optional(),
  rules: z.array(rule).optional(),
  /** Columns that the project gets beside those of the source. */
  add: z.array(columnMapping).optional(),
  /** Source columns in the order that the target shall have; those not named follow. */
  order: z.array(z.string()).optional(),
});

export const scenarioSchema = z.strictObject({
  about: z.string(),
  /** "all", or pairs such as "mysql→postgres". */
  pairs: z.union([z.literal('all'), z.array(z.string())]),
  /** Further options of `drover migrate` (or of `drover map`, where the project is edited). */
  options: z.array(z.string()).optional(),
  /** What a person changes in the project file: source table → edit. */
  edit: z.record(z.string(), tableEdit).optional(),
  /** Business rules in SQL. */
  rules: z.array(sqlRule).optional(),
  /** Tables that the project gets beside those of the source. */
  add: z.array(tableMapping).optional(),
  expect: z
    .strictObject({
      /** Rows of each target table. */
      rows: z.record(z.string(), z.number()).optional(),
      /** Statements that work on the target afterwards, before the queries. */
      accepts: z.array(z.string()).optional(),
      /** Statements that the target must refuse afterwards. */
      refuses: z.array(z.string()).optional(),
      queries: z.array(query).optional(),
      /** Codes of findings that the plan must name. */
      findings: z.array(z.string()).optional(),
      /** Rows in quarantine, each as [target table, column, step or rule, value of the column]. The run then ends with status 3. */
      quarantine: rows.optional(),
      /** Tables left out, each as [target table, code of the reason, target table with which it went]. Status 3 as well. */
      leftOut: rows.optional(),
      /** Tables that are kept as a backup. */
      backups: z.array(z.string()).optional(),
    })
    .optional(),
  expectFailure: z
    .strictObject({
      /** One, or any of several where databases notice at different moments. */
      status: oneOrMore(z.union([z.literal(1), z.literal(2)])),
      code: oneOrMore(z.string()),
      /** Somewhere in what people read. */
      contains: z.string().optional(),
    })
    .optional(),
});
export type Scenario = z.infer<typeof scenarioSchema>;
export type TableEdit = z.infer<typeof tableEdit>;

export interface Pair {
  readonly from: Family;
  readonly to: Family;
}

export interface ScenarioFolder extends Scenario {
  readonly name: string;
  readonly each: readonly Pair[];
  /** The SQL for a family, or the one for all. */
  sql(kind: 'source' | 'target', of: Family): string | null;
}

/** Every folder beside this file that holds a scenario.json. */
export function readScenarios(): ScenarioFolder[] {
  return readdirSync(FOLDER)
    .filter((name) => existsSync(join(FOLDER, name, 'scenario.json')))
    .map(readScenario);
}

function readScenario(name: string): ScenarioFolder {
  const scenario = scenarioSchema.parse(JSON.parse(readFileSync(join(FOLDER, name, 'scenario.json'), 'utf8')));
  return {
    ...scenario,
    name,
    each: pairsOf(scenario, name),
    sql: (kind, of) => {
      const file = [`${kind}.${of}.sql`, `${kind}.sql`]
        .map((candidate) => join(FOLDER, name, candidate))
        .find((candidate) => existsSync(candidate));
      return file ? readFileSync(file, 'utf8') : null;
    },
  };
}

/** Of all pairs a slice has each family once on each side; which ones, the name decides. */
function pairsOf({ pairs }: Scenario, name: string): Pair[] {
  const families = family.options;
  if (pairs === 'all') {
    const shift = name.length % families.length;
    return families.flatMap((from, i) =>
      families.flatMap((to, j) => (whole || (i + shift) % families.length === j ? [{ from, to }] : [])),
    );
  }
  return pairs.map((pair) => {
    const [from, to] = pair.split('→');
    return { from: family.parse(from), to: family.parse(to) };
  });
}
