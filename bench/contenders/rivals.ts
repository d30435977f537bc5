// Who does what Drover does, between which engines: the rivals that are here, and why others are not.

import type { EngineName } from '../engines.ts';
import { missingIn, missingRows } from './arrived.ts';
import { isInstalled } from './clients.ts';
import { DUMP_AND_LOAD, dumpProgram, runDumpAndLoad } from './dump-and-load.ts';
import { COPY_ONLY, pgloaderMoves, pgloaderVersion, runPgloader } from './pgloader.ts';
import type { Absent, Rival } from './rival.ts';
import { BACKUP, runBackup } from './sqlite-backup.ts';

export function rivalsOf(source: EngineName, target: EngineName): (Rival | Absent)[] {
  if (pgloaderMoves(source, target)) {
    const here = pgloaderVersion() === null ? [notInstalled('pgloader')] : pgloader;
    return [...here, undriven('pgferry')];
  }
  if (source === 'sqlite' && target === 'sqlite') return [isInstalled('sqlite3') ? backup : notInstalled(BACKUP)];
  if (source === 'mariadb' && target === 'mariadb') {
    return [dumpProgram() ? dumpAndLoad : notInstalled(DUMP_AND_LOAD), undriven('mydumper')];
  }
  return [];
}

/** A program that others measured, and this benchmark does not start. */
export function undriven(name: string): Absent {
  return isInstalled(name) ? { name, absent: `this benchmark does not start ${name}` } : notInstalled(name);
}

function notInstalled(name: string): Absent {
  return { name, absent: `${name} is not installed` };
}

const pgloader: Rival[] = [
  {
    name: 'pgloader',
    proof: missingIn,
    run: (source, target, folder, signal) => runPgloader(source, target, 'whole', folder, signal),
  },
  {
    name: COPY_ONLY,
    proof: missingRows,
    run: (source, target, folder, signal) => runPgloader(source, target, 'copy only', folder, signal),
  },
];

const backup: Rival = {
  name: BACKUP,
  proof: missingIn,
  run: (source, target, _folder, signal) => runBackup(source, target, signal),
};

const dumpAndLoad: Rival = {
  name: DUMP_AND_LOAD,
  proof: missingIn,
  run: (source, target, _folder, signal) => runDumpAndLoad(source, target, signal),
};
