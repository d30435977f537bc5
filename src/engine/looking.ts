// Looking: what screens ask while a person looks at databases and maps them. Reads only.

import type { CallInput, Endpoint, Side } from '../shared/contract.ts';
import { DroverError } from '../shared/errors.ts';
import type { Catalog, Table } from '../shared/model/catalog.ts';
import type { SampleRows } from '../shared/model/overview.ts';
import { type AskingPorts, withAsker } from './asking.ts';
import { describeMapping } from './describing.ts';
import { loadDialect } from './dialects/index.ts';
import type { CallHandlers, Open, StreamHandlers } from './handlers.ts';
import { inspect, type ProfileRequest, withSession } from './inspect/inspect.ts';
import { whileAsked } from './inspect/leaving.ts';
import { overviewOf } from './inspect/overview.ts';
import { personalMarks } from './inspect/pii.ts';
import { createRecall } from './inspect/recall.ts';
import { createShelf } from './inspect/shelf.ts';
import { rename } from './map/rename.ts';
import type { PlanningPorts } from './planning.ts';
import type { PreviewInput } from './preview-input.ts';
import { previewTable, traceColumn } from './previewing.ts';
import { profileTable } from './profiling.ts';
import { namedSecrets } from './support/secrets.ts';
import { stopFlag } from './support/stop-flag.ts';

type Looking = Pick<
  CallHandlers,
  | 'inspect'
  | 'inspect.overview'
  | 'inspect.table'
  | 'inspect.personal'
  | 'inspect.sample'
  | 'map.names'
  | 'map.types'
  | 'map.preview'
  | 'map.trace'
  | 'map.describe'
  | 'map.count'
>;

export interface Looker {
  readonly calls: Looking;
  readonly profile: StreamHandlers['inspect.profile'];
}

export function createLooker(open: Open, ports: PlanningPorts): Looker {
  const shelf = createShelf();

  async function catalogOf(endpoint: Endpoint, side: Side, refresh = false): Promise<Catalog> {
    const { url, dialect, access } = await open(endpoint);
    return shelf.get(`${side} ${url}`, () => inspect(dialect, access, side), refresh);
  }

  async function previewInput(input: CallInput<'map.preview'>, signal: AbortSignal): Promise<PreviewInput> {
    return {
      ...input,
      source: { opened: await open(input.source), catalog: await catalogOf(input.source, 'source') },
      target: { opened: await open(input.target), catalog: await catalogOf(input.target, 'target') },
      recall: ports.recall,
      secrets: namedSecrets(ports.environment),
      signal,
    };
  }

  const calls: Looking = {
    inspect: async (endpoint) => {
      const { dialect, access } = await open(endpoint);
      return inspect(dialect, access, 'source');
    },
    'inspect.overview': async ({ endpoint, side, refresh }) => overviewOf(await catalogOf(endpoint, side, refresh)),
    'inspect.table': async ({ endpoint, side, table }) => tableIn(await catalogOf(endpoint, side), table, side),
    'inspect.personal': async ({ endpoint, side, table }) =>
      tableIn(await catalogOf(endpoint, side), table, side).columns.flatMap((column) =>
        personalMarks(table, column, []),
      ),
    'inspect.sample': ({ endpoint, side, ...request }, signal = unending()) =>
      sample(open, endpoint, side, request, signal),
    'map.names': async ({ project, naming, target }) =>
      rename(project, naming, (await loadDialect(target.family)).capabilities(target)),
    'map.types': async ({ target }) => [...(await loadDialect(target.family)).types.usual(target)],
    'map.preview': async (input, signal = unending()) => previewTable(await previewInput(input, signal)),
    'map.trace': async (input, signal = unending()) => traceColumn(await previewInput(input, signal), input.column),
    'map.count': (input, signal = unending()) => countRows(open, input, ports, signal),
    'map.describe': async ({ source, target, mapping, naming = 'keep', typeRules = [] }) => {
      const [from, to] = [await open(source), await open(target)];
      const { table, columns } = await describeMapping({
        mapping,
        naming,
        typeRules,
        source: { opened: from, catalog: await catalogOf(source, 'source') },
        target: { opened: to, catalog: await catalogOf(target, 'target') },
      });
      return { table, columns: [...columns] };
    },
  };

  return {
    calls,
    /** Opened as a source whichever side it is, so that the database itself promises to change nothing. */
    async *profile({ endpoint, side, table, columns, rows }, signal) {
      const opened = await open(endpoint);
      const found = tableIn(await catalogOf(endpoint, side), table, side);
      yield* profileTable(opened, found, { columns, rows }, ports.workerUrl, signal);
    },
  };
}

/** Of those who wait to the end. */
function unending(): AbortSignal {
  return new AbortController().signal;
}

function tableIn({ tables, database, schema }: Catalog, name: string, side: Side): Table {
  const table = tables.find((each) => each.name === name);
  if (table) return table;
  throw new DroverError('inspect.no-such-table', `There is no table ${name} in ${schema ?? database}.`, {
    hint: 'Look at the list of tables again.',
    where: { side, table: name },
  });
}

/** Opened as a source whichever side it is, so that the database itself promises to change nothing. */
async function sample(
  open: Open,
  endpoint: Endpoint,
  side: Side,
  { table, limit, filter }: { table: string; limit: number; filter: string | null },
  signal: AbortSignal,
): Promise<SampleRows> {
  const { dialect, access } = await open(endpoint);
  const request = { table, limit, filter: filter?.trim() ? filter : null };
  try {
    return await withSession(dialect, access, 'source', (session) =>
      whileAsked(session, signal, () => session.sample(request)),
    );
  } catch (error) {
    if (!(error instanceof DroverError)) throw error;
    throw DroverError.from({ ...error.data, where: { ...error.data.where, side } });
  }
}

/** Counted now, whatever was counted before. */
async function countRows(
  open: Open,
  { source, table, query, filter }: CallInput<'map.count'>,
  ports: AskingPorts,
  signal: AbortSignal,
): Promise<{ rows: number; matching: number }> {
  const opened = await open(source);
  const request = (condition: string | null): ProfileRequest => ({
    table: { name: table, staging: null, ...(query === undefined ? {} : { query }) },
    filter: condition,
    stop: stopFlag(signal),
    questions: [{ column: '', logical: { kind: 'integer', bits: 64, unsigned: false }, ask: ['count'] }],
  });
  return withSession(opened.dialect, opened.access, 'source', (session) =>
    whileAsked(session, signal, () =>
      withAsker(opened, session, '', { ...ports, recall: createRecall() }, async ({ profile }) => {
        const count = async (condition: string | null): Promise<number> =>
          Number((await profile([request(condition)]))[table]?.['']?.count ?? 0);
        const rows = await count(null);
        return { rows, matching: filter.trim() === '' ? rows : await count(filter) };
      }),
    ),
  );
}
