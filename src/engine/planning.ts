// Planning: the read-only half of the work, from two endpoints to a mapping and from a mapping to a plan.

import type { CallInput } from '../shared/contract.ts';
import { DroverError } from '../shared/errors.ts';
import type { Catalog } from '../shared/model/catalog.ts';
import type { Project } from '../shared/model/mapping.ts';
import type { Plan } from '../shared/model/plan.ts';
import type { Profile } from '../shared/model/profile.ts';
import { type AskingPorts, withAsker } from './asking.ts';
import { isSameDatabase, type Opened } from './connect/endpoint.ts';
import type { Session } from './dialects/session.ts';
import { inspect, type ProfileRequest, profileTables, withSession } from './inspect/inspect.ts';
import { storageRequests } from './inspect/storage.ts';
import { mapAutomatically } from './map/map.ts';
import { questionsForMapping } from './map/questions.ts';
import { leavingOutBadSql } from './plan/bad-sql.ts';
import { questionsAboutKeys } from './plan/breaches/questions.ts';
import { countClashes } from './plan/clashes.ts';
import type { PlanSides } from './plan/context.ts';
import { withDerived } from './plan/derived.ts';
import { withGapsFilled } from './plan/feeds.ts';
import { countConflicts } from './plan/merging/conflicts.ts';
import { makePlan as plan } from './plan/plan.ts';
import { questionsForPlan, questionsForTarget } from './plan/questions.ts';
import { askSqlRules } from './plan/sql-rules.ts';
import { namedSecrets } from './support/secrets.ts';

export interface PlanningPorts extends AskingPorts {
  /** Where the secrets that a project names are looked for. */
  readonly environment: NodeJS.ProcessEnv;
}

export interface Pair {
  readonly source: Opened;
  readonly target: Opened;
}

/** Connects, inspects, profiles what types depend on, and maps. Touches nothing. */
export async function makeProject(pair: Pair, input: CallInput<'map'>, ports: AskingPorts): Promise<Project> {
  refuseSame(pair);
  const target = await inspect(pair.target.dialect, pair.target.access, 'target');
  return withSession(pair.source.dialect, pair.source.access, 'source', async (session) => {
    const whole = await session.inspect();
    const source = chosen(whole, input.tables);
    const profile = await withAsker(pair.source, session, source.fingerprint, ports, async (ask) => {
      const stored = await ask.profile(storageRequests(source, pair.source.dialect));
      return ask.profile(questionsForMapping(source, pair.target.dialect, stored));
    });
    return mapAutomatically({
      source,
      whole,
      target,
      targetDialect: pair.target.dialect,
      profile,
      name: input.name,
      naming: input.naming ?? 'keep',
      ...(input.mode ? { mode: input.mode } : {}),
      ...(input.typeRules ? { typeRules: input.typeRules } : {}),
      ...(input.onConflict ? { onConflict: input.onConflict } : {}),
      urls: { source: pair.source.url, target: pair.target.url },
    });
  });
}

/** The dry run: catalogues, value-level questions, findings, order and DDL. Touches nothing. */
export async function makePlan(pair: Pair, given: Project, ports: PlanningPorts): Promise<Plan> {
  refuseSame(pair);
  const target = await inspect(pair.target.dialect, pair.target.access, 'target');
  return withSession(pair.source.dialect, pair.source.access, 'source', async (session) => {
    const source = await session.inspect();
    const project = withGapsFilled(
      given,
      pair.target.dialect.capabilities(target.server),
      pair.source.dialect.capabilities(source.server),
    );
    return leavingOutBadSql(project, (able) => planFor(able, { pair, session, source, target }, ports));
  });
}

interface Inspected {
  readonly pair: Pair;
  /** Of the source. */
  readonly session: Session;
  readonly source: Catalog;
  readonly target: Catalog;
}

/** Throws `plan.bad-filter`, and `map.bad-query` for SQL that the source can describe but not compute. */
async function planFor(project: Project, inspected: Inspected, ports: PlanningPorts): Promise<Plan> {
  const { pair, session, target } = inspected;
  const { dialect } = pair.source;
  const derived = await withDerived(project.tables, { catalog: inspected.source, dialect, session });
  const source = derived.catalog;
  const sides = {
    project,
    source,
    target,
    sourceDialect: dialect,
    targetDialect: pair.target.dialect,
    secrets: namedSecrets(ports.environment),
  };
  const asked = await askSqlRules(project.rules ?? [], { dialect, session }, pair.target.dialect);
  const known = await withAsker(pair.source, session, source.fingerprint, ports, async (ask) => {
    const stored = await ask.profile(storageRequests(mapped(source, project), dialect));
    const profile = await ask.profile(questionsForPlan(sides, stored));
    return { profile, statements: await ask.statements(questionsAboutKeys(sides, profile)) };
  });
  const targetProfile = await profileTarget(pair, questionsForTarget(sides));
  const conflicts = await conflictsWith(pair, sides, session);
  const clashes = await countClashes(sides, (request) => session.sample(request));
  return plan({
    ...sides,
    ...known,
    targetProfile,
    conflicts,
    clashes,
    findings: [...derived.findings, ...asked.findings],
    rules: asked.rules,
  });
}

/** The tables that the project moves. */
function mapped(source: Catalog, project: Project): Catalog {
  const moved = new Set(project.tables.filter((table) => !table.skip).map((table) => table.source));
  return { ...source, tables: source.tables.filter((table) => moved.has(table.name)) };
}

/** Counts what stands in the way; a target without such tables is not asked at all. */
async function profileTarget({ target }: Pair, requests: readonly ProfileRequest[]): Promise<Profile> {
  if (requests.length === 0) return {};
  return withSession(target.dialect, target.access, 'target', (session) =>
    profileTables((request) => session.profile(request), requests, {}),
  );
}

/** Where rows go into tables that stand there; else the target is not asked. */
async function conflictsWith({ target }: Pair, sides: PlanSides, source: Session): Promise<Record<string, number>> {
  const { project } = sides;
  if (![project, ...project.tables].some(({ mode }) => mode === 'append' || mode === 'upsert')) return {};
  return withSession(target.dialect, target.access, 'target', (session) =>
    countConflicts(sides, {
      source: (request) => source.sample(request),
      target: (request) => session.sample(request),
    }),
  );
}

function refuseSame({ source, target }: Pair): void {
  if (!isSameDatabase(source.access.connection, target.access.connection)) return;
  throw new DroverError('map.same-database', 'Source and target are the same database.', {
    hint: 'Choose another database, schema or file as the target.',
    where: { side: 'target' },
  });
}

function chosen(catalog: Catalog, tables: readonly string[] | undefined): Catalog {
  if (!tables) {
    if (catalog.tables.length > 0) return catalog;
    throw new DroverError('map.nothing-to-do', 'The source has no tables.', {
      hint: 'Check the database, schema or file in the URL.',
      where: { side: 'source' },
    });
  }
  const absent = tables.filter((name) => !catalog.tables.some((table) => table.name === name));
  if (absent.length > 0) {
    throw new DroverError('map.nothing-to-do', `The source has no table ${absent.join(', ')}.`, {
      hint: 'See the tables with: drover inspect',
      where: { side: 'source' },
    });
  }
  return { ...catalog, tables: catalog.tables.filter((table) => tables.includes(table.name)) };
}
