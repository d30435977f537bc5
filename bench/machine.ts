// The machine and the versions that figures were measured with: without them they mean nothing.

import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { size } from '../src/shared/format.ts';
import { CLI } from './contenders/drover.ts';
import { pgloaderVersion } from './contenders/pgloader.ts';
import type { Engine } from './engines.ts';
import { measuringMethod } from './measure.ts';

export interface Machine {
  readonly date: string;
  readonly cores: number;
  readonly processor: string;
  readonly memory: number;
  readonly system: string;
  /** Of the last minute when the measurement began: others at work make figures worse. */
  readonly load: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly method: string;
}

export function describeMachine(engines: readonly Engine[]): Machine {
  const drover = spawnSync(process.execPath, [CLI, '--version'], { encoding: 'utf8' }).stdout.trim();
  const pgloader = pgloaderVersion();
  return {
    date: new Date().toISOString(),
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memory: totalmem(),
    system: `${platform()} ${release()}`,
    load: loadavg()[0] ?? 0,
    versions: {
      drover,
      node: process.versions.node,
      ...Object.fromEntries(engines.map(({ name, version }) => [name, version])),
      ...(pgloader === null ? {} : { pgloader }),
    },
    method: measuringMethod(),
  };
}

export function machineLines(machine: Machine): string[] {
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`);
  return [
    `${machine.date.slice(0, 16).replace('T', ' ')} UTC · ${machine.cores} cores (${machine.processor}) · ${size(machine.memory)} memory · ${machine.system} · load ${machine.load.toFixed(1)}`,
    versions.join(' · '),
    `Servers and files are private to this run, on this machine; the servers do not wait for the disk (fsync off). ${machine.method}, for the contender's own process: the servers' share is not in it.`,
  ];
}
