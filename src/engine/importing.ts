// Importing: a command of a load file, on its two databases, becomes a project. Reads only.

import type { CallInput } from '../shared/contract.ts';
import { DroverError } from '../shared/errors.ts';
import type { Imported, LoadNote } from '../shared/model/loadfile.ts';
import type { Project } from '../shared/model/mapping.ts';
import { inspect } from './inspect/inspect.ts';
import { chosenNames, renamed } from './map/loadfile/tables.ts';
import { castRules } from './map/loadfile/type-rules.ts';
import { makeProject, type Pair, type PlanningPorts } from './planning.ts';

/** Throws `map.nothing-to-do` where the command chooses no table. */
export async function importProject(pair: Pair, input: CallInput<'map.load'>, ports: PlanningPorts): Promise<Imported> {
  const { command, name } = input;
  const source = await inspect(pair.source.dialect, pair.source.access, 'source');
  const tables = chosenNames(
    command,
    source.tables.map((table) => table.name),
  );
  if (tables.length === 0) throw noTables();
  const chosen = { ...source, tables: source.tables.filter((table) => tables.includes(table.name)) };
  const casts = castRules(command.casts, chosen, pair.target.dialect);
  const made = await makeProject(
    pair,
    {
      source: input.source,
      target: input.target,
      name,
      naming: command.naming,
      tables,
      typeRules: [...casts.rules],
      ...(command.mode ? { mode: command.mode } : {}),
    },
    ports,
  );
  const natives = new Map(
    chosen.tables.map((table) => [table.name, new Map(table.columns.map((each) => [each.name, each.native]))]),
  );
  const typed: Project = {
    ...made,
    ...(command.skipErrors ? { errors: { onError: 'quarantine', percent: 100 } } : {}),
    ...runOf(command),
    tables: made.tables.map((table) => ({
      ...table,
      columns: table.columns.map((column) => ({
        ...column,
        ...casts.besides(table.source, {
          name: column.source,
          native: natives.get(table.source)?.get(column.source) ?? '',
        }),
      })),
    })),
  };
  const { project, notes } = renamed(typed, command);
  const all = [...command.notes, ...casts.notes, ...notes];
  return { project, notes: all.toSorted((a: LoadNote, b: LoadNote) => a.line - b.line) };
}

function runOf({ batchRows, workers }: CallInput<'map.load'>['command']): Pick<Project, 'run'> {
  if (batchRows === null && workers === null) return {};
  return {
    run: { ...(batchRows === null ? {} : { batchSize: batchRows }), ...(workers === null ? {} : { workers }) },
  };
}

function noTables(): DroverError {
  return new DroverError('map.nothing-to-do', 'The load file chooses none of the tables of the source.', {
    hint: 'Look at its INCLUDING and EXCLUDING clauses, and at the names with drover inspect.',
    where: { side: 'source' },
  });
}
