// A disk that is full for a while: the target's, that of the history, that of the run's own folder, or the one for temporary files.

import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { StepName } from '../../../src/shared/model/run.ts';
import type { CliResult } from '../../support/process.ts';
import { concluded, type Result, watched } from '../cycle.ts';
import { type Disk, openDisk, whyNoDisk } from '../disk.ts';
import { type Drover, type Stage, type Strike, standsInPublish } from '../drover.ts';
import { startServerIn } from '../servers.ts';
import { makeSubject, type Subject } from '../subject.ts';
import { everywhere, type FaultClass } from './class.ts';

const PLACES = ['target', 'history', 'folder', 'temporary'] as const;
type FullPlace = (typeof PLACES)[number];

const STEPS: readonly StepName[] = ['load', 'publish', 'index', 'stage', 'verify', 'preflight', 'finish'];
/** What can still be written: nothing at all, or enough to fail somewhat later. */
const SPARE_BYTES = [0, 16_384, 131_072, 524_288] as const;
/** A server that waits for room is not kept waiting for ever. */
const FULL_AT_MOST_MS = 45_000;

export const full: FaultClass = {
  name: 'full',
  fits: everywhere,
  impossible: whyNoDisk,
  variants: () => PLACES.length * STEPS.length,
  async cycle(stage, _, turn) {
    const place = PLACES[turn % PLACES.length]!;
    const step = STEPS[Math.floor(turn / PLACES.length) % STEPS.length]!;
    const disk = openDisk();
    try {
      const strike = filling(stage, disk, place, step);
      return await (place === 'target' ? onSmallTarget(stage, disk, strike) : onSmallHome(stage, disk, place, strike));
    } finally {
      disk.remove();
    }
  },
};

function filling({ random }: Stage, disk: Disk, place: FullPlace, step: StepName): Strike {
  const spare = random.pick(SPARE_BYTES);
  let over = false;
  let patience: NodeJS.Timeout | undefined;
  return {
    words: `the disk of the ${place} is full from ${step}, but for ${spare} bytes`,
    ...(place === 'temporary' ? { environment: { TMPDIR: disk.path } } : {}),
    record(record, _, hit) {
      if (over || record.kind !== 'step' || record.step !== step || record.state !== 'running') return;
      over = true;
      hit();
      disk.fill(spare);
      patience = setTimeout(() => disk.free(), FULL_AT_MOST_MS);
    },
    end() {
      clearTimeout(patience);
      disk.free();
    },
  };
}

/** The target's file, or all files of a server of its own. */
async function onSmallTarget(stage: Stage, disk: Disk, strike: Strike): Promise<Result> {
  const { source, target } = stage.subject;
  const own = target.server === 'sqlite' ? null : await startServerIn(disk.path, target.server);
  const servers = own && target.server !== 'sqlite' ? { ...stage.servers, [target.server]: own } : stage.servers;
  let subject: Subject | undefined;
  try {
    subject = await makeSubject(source.server, target.server, stage, { elsewhere: { servers, scratch: disk.path } });
    const small = { ...stage, servers, subject };
    return await watched(small, (drover) => struck(small, drover, strike));
  } finally {
    await subject?.drop();
    await own?.stop();
  }
}

/** Drover's data folder or a part of it. */
function onSmallHome(stage: Stage, disk: Disk, place: FullPlace, strike: Strike): Promise<Result> {
  return watched(stage, async (drover) => {
    const home = join(drover.folder, 'home');
    const small = join(disk.path, 'small');
    mkdirSync(small);
    if (place === 'folder') mkdirSync(home);
    if (place !== 'temporary') symlinkSync(small, place === 'history' ? home : join(home, 'runs'));
    const told = await struck(stage, drover, strike);
    if (told.violations.length > 0) cpSync(disk.path, join(drover.folder, 'disk'), { recursive: true });
    return told;
  });
}

async function struck(
  stage: Stage,
  drover: Drover,
  strike: Strike,
): Promise<Pick<Result, 'words' | 'violations' | 'insidePublish'>> {
  const first = await drover.migrate(strike, ['--workers', stage.random.pick(['1', '2'])]);
  const [run] = drover.runs();
  const insidePublish = run !== undefined && standsInPublish(drover, run);
  const { words, violations } = await concluded(stage, drover, run, [first]);
  return { words: [strike.words, ...words].join(', '), violations: [...unclear(first), ...violations], insidePublish };
}

/** A server may die of it, and nobody can say then of what. */
function unclear({ error }: CliResult): string[] {
  if (!error || /^(support\.disk-full|connect\.)/.test(error.code)) return [];
  const { code, message, cause } = error;
  if (/\b(full|space)\b/i.test(`${message} ${cause ?? ''}`)) return [];
  return [`a full disk is told as ${code}: ${message} ${cause ?? ''}`];
}
