// What runs left in a target, asked of the target alone: their journal may be lost, or on another machine.

import { mkdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Consent } from '../../shared/contract.ts';
import { DroverError } from '../../shared/errors.ts';
import { list, many } from '../../shared/format.ts';
import type { Backup, Leftover } from '../../shared/model/run.ts';
import type { HoldingPlace, Publisher } from '../dialects/publishing.ts';
import type { RunIdentity } from '../dialects/session.ts';
import { beganAt } from '../support/ids.ts';
import { audited, byWhom, openAudit } from './audit.ts';
import type { JobSide } from './job.ts';
import { runFolder } from './store/store.ts';

type Target = Pick<JobSide, 'dialect' | 'access'>;

const PLACES: readonly HoldingPlace[] = ['staging', 'backup', 'added', 'aside'];

/** Newest first. Reads only, and takes no lock. */
export async function leftoversIn(target: Target): Promise<Leftover[]> {
  const { dialect, access } = target;
  // A file that does not exist is not made by looking into it.
  await (await dialect.connect(access, { role: 'target' })).close();
  const runs = await withPublisher(target, { id: '', epoch: 0 }, (publisher) => publisher.runsHere());
  const found: Leftover[] = [];
  for (const run of runs.toReversed()) {
    found.push(await withPublisher(target, { id: run, epoch: 0 }, (publisher) => leftoverOf(run, publisher)));
  }
  return found;
}

/** Where it is written down, and who agreed. */
export interface Deed {
  readonly home: string;
  readonly consent: Consent | undefined;
}

/** Throws `run.nothing-to-roll-back`, `run.target-locked`; the target's own tables are never touched. */
export async function dropLeftover(run: string, target: Target, deed: Deed) {
  const { state, epoch } = await foundIn(target, run);
  if (state !== 'staged') throw needsHistory(run, state);
  const heard = await writtenDown(run, target, 'taking away what it left in staging', deed);
  return withPublisher(heard, { id: run, epoch: epoch + 1 }, async (publisher) => {
    await refuseInUse(run, publisher);
    await publisher.lock();
    // Raises the epoch: whoever had the run before writes nothing from now on.
    await publisher.createStaging();
    const removed = [...(await publisher.tablesIn('staging'))];
    const foreign = await unaccounted(target, publisher, removed);
    // The ledger speaks of every row that the run loaded: others are somebody's, who may miss them.
    if (foreign) await publisher.putAside();
    await publisher.dropStaging();
    if (!foreign) return { removed, kept: [] };
    return { removed: [], kept: removed.map((table) => ({ table, keptAs: publisher.asideName(table) })) };
  });
}

/** Throws `run.not-published`, `run.target-locked`. */
export async function dropBackupsOf(run: string, target: Target, deed: Deed): Promise<Backup[]> {
  const { state, tables, epoch } = await foundIn(target, run);
  const backups = tables.filter(({ place }) => place === 'backup' || place === 'added');
  if (state !== 'published' || backups.length === 0) {
    throw new DroverError('run.not-published', `Run ${run} keeps no backups in this target.`, {
      cause: `Its state there is: ${state}.`,
      where: { side: 'target' },
    });
  }
  const heard = await writtenDown(run, target, `dropping ${many(backups.length, 'backup')}`, deed);
  return withPublisher(heard, { id: run, epoch }, async (publisher) => {
    await refuseInUse(run, publisher);
    await publisher.lock();
    await publisher.dropBackups();
    return backups.map(({ place: _place, ...backup }) => backup);
  });
}

/** In a folder of the run's name, also where this machine knows nothing else of it. */
async function writtenDown(run: string, target: Target, what: string, { home, consent }: Deed): Promise<Target> {
  const folder = runFolder(home, run);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const audit = openAudit(folder);
  await audit.write('finish', 'running', `${what}, without its history, ${byWhom(consent)}`);
  await audit.kept();
  return { ...target, dialect: audited(target.dialect, audit) };
}

async function withPublisher<T>(
  { dialect, access }: Target,
  identity: RunIdentity,
  work: (publisher: Publisher) => Promise<T>,
): Promise<T> {
  const publisher = await dialect.openPublisher(access, identity);
  try {
    return await work(publisher);
  } finally {
    await publisher.close();
  }
}

async function foundIn(target: Target, run: string): Promise<Leftover> {
  const all = await leftoversIn(target);
  const found = all.find((each) => each.run === run);
  if (found) return found;
  throw new DroverError('run.nothing-to-roll-back', `The target holds nothing of a run ${run}.`, {
    cause: all.length > 0 ? `It holds something of ${list(all.map((each) => each.run))}.` : null,
    where: { side: 'target' },
  });
}

async function leftoverOf(run: string, publisher: Publisher): Promise<Leftover> {
  const state = await publisher.state();
  const tables: Leftover['tables'] = [];
  for (const place of PLACES) tables.push(...(await publisher.stored(place)).map((table) => ({ ...table, place })));
  return {
    run,
    startedAt: beganAt(run).toISOString(),
    state: state === 'absent' ? 'kept aside' : state,
    epoch: await publisher.epoch(),
    inUse: await publisher.inUse(),
    tables,
  };
}

/** Whether a staged table holds another number of rows than the ledger says were loaded. */
async function unaccounted({ dialect }: Target, publisher: Publisher, tables: readonly string[]): Promise<boolean> {
  const ledger = Map.groupBy(await publisher.ledger(), ({ table }) => table);
  for (const table of tables) {
    const loaded = (ledger.get(table) ?? []).reduce((sum, { rows }) => sum + rows, 0);
    if ((await publisher.countStaged(`SELECT 1 AS one FROM ${dialect.ddl.quote(table)}`)) !== loaded) return true;
  }
  return false;
}

/** A session that was just closed may be told for a moment longer. */
async function refuseInUse(run: string, publisher: Publisher): Promise<void> {
  for (let tries = 0; tries < LOOKS; tries++) {
    if (!(await publisher.inUse())) return;
    await sleep(PAUSE_MS);
  }
  throw new DroverError('run.target-locked', `A process is at work on run ${run}.`, {
    hint: 'Let it end, or end it on the machine that runs it.',
    where: { side: 'target' },
  });
}

const LOOKS = 20;
const PAUSE_MS = 100;

function needsHistory(run: string, state: Exclude<Leftover['state'], 'staged'>): DroverError {
  const why = {
    published: 'Which tables it made, and what they held, is written in its history alone.',
    'half published': 'It was cut off while it published, and what it had moved is written in its history alone.',
    'kept aside': 'What it holds is what somebody wrote after it, which a rollback has spared.',
  } as const;
  return new DroverError('run.nothing-to-roll-back', `Run ${run} can't be taken back without its history.`, {
    cause: why[state],
    hint:
      state === 'kept aside'
        ? 'Drop these tables by hand once nobody needs them.'
        : 'Roll it back on the machine that ran it, or with its data folder (DROVER_HOME). The earlier tables are in its backup.',
    command: 'drover runs --target <url>',
    where: { side: 'target' },
  });
}
