// Targets of whole migrations: against pgloader, against each engine's own tools, and against prepared files.

import { DUMP_AND_LOAD } from '../contenders/dump-and-load.ts';
import { PG_DUMP } from '../contenders/pg-dump.ts';
import { BACKUP } from '../contenders/sqlite-backup.ts';
import type { EngineName } from '../engines.ts';
import { type Asked, type Findings, read, verifying, whole, withoutVerifying } from './readings.ts';
import { type Demand, type Reading, type Target, together } from './target.ts';

type Pair = readonly [EngineName, EngineName];

export function pairTargets(findings: Findings, [source, target]: Pair): Target[] {
  if (target === 'postgres' && (source === 'mariadb' || source === 'sqlite')) return againstPgloader(findings, source);
  if (source === 'mariadb' && target === 'mariadb') return ownTools(findings);
  if (source === 'sqlite' && target === 'sqlite') return againstBackup(findings);
  if (source !== target && target !== 'postgres') return [againstPreparedFiles(findings, [source, target])];
  return [];
}

export function dumpTargets(findings: Findings): Target[] {
  const part = { part: 'dump', source: 'postgres', target: 'postgres' } as const;
  const row = (rival: string): Target => ({
    what: 'postgres → postgres, whole with verification',
    unit: 's',
    measured: read(findings, { ...part, contender: 'Drover' }, 'Drover', whole),
    against: read(findings, { ...part, contender: rival }, rival, whole),
    demand: notSlower,
  });
  return [row(PG_DUMP), row('pgcopydb')];
}

const notSlower: Demand = { kind: 'at most', ratio: 1 };

function againstPgloader(findings: Findings, source: EngineName): Target[] {
  const pair = { part: 'pairs', source, target: 'postgres' } as const;
  const drover: Asked = { ...pair, contender: 'Drover' };
  const row = (what: string, measured: Reading, ratio: number, rival = 'pgloader'): Target => ({
    what: `${source} → postgres, ${what}`,
    unit: 's',
    measured,
    against: read(findings, { ...pair, contender: rival }, rival, whole),
    demand: { kind: 'at most', ratio },
  });
  const without = read(findings, drover, 'Drover', withoutVerifying);
  return [
    row('whole minus the seconds of the step verify', without, 1 / 3),
    row('whole with verification', read(findings, drover, 'Drover', whole), 1 / 2),
    row('whole minus the seconds of the step verify', without, 1, 'pgferry'),
  ];
}

function ownTools(findings: Findings): Target[] {
  return [DUMP_AND_LOAD, 'mydumper'].map((rival) => wholeRow(findings, ['mariadb', 'mariadb'], rival));
}

function wholeRow(findings: Findings, [source, target]: Pair, rival: string): Target {
  const pair = { part: 'pairs', source, target } as const;
  return {
    what: `${source} → ${target}, whole with verification`,
    unit: 's',
    measured: read(findings, { ...pair, contender: 'Drover' }, 'Drover', whole),
    against: read(findings, { ...pair, contender: rival }, rival, whole),
    demand: notSlower,
  };
}

function againstBackup(findings: Findings): Target[] {
  const row = wholeRow(findings, ['sqlite', 'sqlite'], BACKUP);
  const pair = { part: 'pairs', source: 'sqlite', target: 'sqlite', contender: 'Drover' } as const;
  const verification = read(findings, pair, 'Drover', verifying);
  return [
    {
      ...row,
      against: together(`${BACKUP} + Drover’s verification`, [row.against, verification], ([one, two]) => one! + two!),
      demand: { kind: 'at most', ratio: 2 },
    },
  ];
}

/** The client's own import of files that were there already, and its indexes after that. */
function againstPreparedFiles(findings: Findings, [source, target]: Pair): Target {
  const prepared: Asked = { part: 'raw', source: null, target, contender: null };
  const name = target === 'sqlite' ? '.import of prepared files + indexes' : 'LOAD DATA of prepared files + ALTER';
  return {
    ...wholeRow(findings, [source, target], name),
    against: read(findings, prepared, name, whole),
  };
}
