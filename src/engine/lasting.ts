// Lasting: what keeps a project good for longer than a day: drift, other databases, other rules for types. Reads only.

import type { CallInput, Endpoint, Side } from '../shared/contract.ts';
import { DroverError } from '../shared/errors.ts';
import type { Catalog } from '../shared/model/catalog.ts';
import type { Family } from '../shared/model/connection.ts';
import type { Project, TypeRule } from '../shared/model/mapping.ts';
import type { Retyped } from '../shared/model/retyped.ts';
import { type Families, parseUrl } from './connect/endpoint.ts';
import type { CallHandlers } from './handlers.ts';
import { inspect } from './inspect/inspect.ts';
import { createShelf } from './inspect/shelf.ts';
import { acceptDrift, type DriftSides, driftOf } from './map/drift.ts';
import { retyped } from './map/retype.ts';
import { proposedIn, seenOf } from './map/seen.ts';
import { makeProject, type Pair, type PlanningPorts } from './planning.ts';

type Lasting = Pick<CallHandlers, 'map.drift' | 'map.accept' | 'map.bind' | 'map.retype'>;
type OpenPair = (input: { source: Endpoint; target: Endpoint }) => Promise<Pair>;

export function lastingCalls(openPair: OpenPair, families: Families, ports: PlanningPorts): Lasting {
  const shelf = createShelf();

  async function sidesOf(input: CallInput<'map.accept'>, refresh: boolean): Promise<DriftSides> {
    const pair = await openPair(input);
    const catalogOf = (side: Side): Promise<Catalog> => {
      const { url, dialect, access } = pair[side];
      return shelf.get(`${side} ${url}`, () => inspect(dialect, access, side), refresh);
    };
    return {
      project: input.project,
      source: await catalogOf('source'),
      target: await catalogOf('target'),
      sourceDialect: pair.source.dialect,
      targetDialect: pair.target.dialect,
    };
  }

  async function retype(input: CallInput<'map.accept'>, typeRules: readonly TypeRule[]): Promise<Retyped> {
    const pair = await openPair(input);
    const { project } = input;
    const { dialect, access } = pair.source;
    const there = new Set((await inspect(dialect, access, 'source')).tables.map(({ name }) => name));
    const tables = [...new Set(project.tables.map(({ source }) => source))].filter((name) => there.has(name));
    if (tables.length === 0) throw nothingThere();
    const known = typeRules.filter(({ type }) => pair.target.dialect.types.parse(type) !== null);
    const { name, naming } = project;
    const made = await makeProject(pair, { ...input, name, naming, tables, typeRules: known }, ports);
    return retyped(project, made, typeRules, pair.target.dialect);
  }

  const familyOf = (url: string): Family | null => {
    try {
      return parseUrl(url, families.forms, ports.environment).connection.family;
    } catch {
      return null;
    }
  };

  async function bind(input: CallInput<'map.bind'>): Promise<Retyped> {
    const { source, target } = await openPair(input);
    const { project } = input;
    const bound: Project = {
      ...project,
      source: { ...project.source, url: source.url },
      target: { ...project.target, url: target.url },
    };
    const [from, to] = [familyOf(project.source.url), familyOf(project.target.url)];
    const otherSource = from !== null && from !== source.dialect.family;
    const otherTarget = to !== null && to !== target.dialect.family;
    if (!otherSource && !otherTarget) return { project: bound, changes: [], misfits: [], idleRules: [] };
    const anew = await retype({ ...input, project: bound }, project.typeRules ?? []);
    if (!otherSource || !anew.project.seen) return anew;
    // The types of another family can't be compared with those that were seen.
    const sides = await sidesOf({ ...input, project: anew.project }, true);
    const targetCan = sides.targetDialect.capabilities(sides.target.server);
    const seen = seenOf(project.tables, { ...sides, targetCan }, proposedIn(anew.project.seen));
    return { ...anew, project: { ...anew.project, seen: { ...seen, target: anew.project.seen.target } } };
  }

  return {
    'map.drift': async (input) => driftOf(await sidesOf(input, input.refresh)),
    'map.accept': async (input) => acceptDrift(await sidesOf(input, true)),
    'map.bind': bind,
    'map.retype': (input) => retype(input, input.typeRules),
  };
}

function nothingThere(): DroverError {
  return new DroverError('project.drift', 'The source has none of the tables that the project reads.', {
    hint: 'Choose the database that the project was made for, or one like it.',
    where: { side: 'source' },
  });
}
