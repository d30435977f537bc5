// A process that stands still, another that takes its run over, and the first that wakes up: meanwhile, or afterwards.
// Or it wakes with the server's lock lost and its other sessions alive, while the second has just begun: then only the
// epoch stands between the two.

import { setTimeout as sleep } from 'node:timers/promises';
import type { CliResult, Signal } from '../../support/process.ts';
import { concluded, type Result, watched } from '../cycle.ts';
import type { Drover, Stage, Strike } from '../drover.ts';
import type { Side } from '../subject.ts';
import type { Timing } from '../timing.ts';
import { everywhere, type FaultClass } from './class.ts';
import { occurrences, PROTOCOL } from './wire.ts';

const OVERTAKEN = 0.4;
/** Long enough for a process that is awake to write all that it has left. */
const AHEAD_MS = 1500;
/** A second process that waits for what the first holds is let go on by the first. */
const ASLEEP_AT_MOST_MS = 15_000;

type Told = Pick<Result, 'words' | 'violations'>;

export const zombie: FaultClass = {
  name: 'zombie',
  fits: everywhere,
  cycle: (stage, timing) => {
    const story = stage.subject.target.proxy && stage.random.next() < OVERTAKEN ? overtaken : takenOver;
    return watched(stage, (drover) => story(stage, timing, drover));
  },
};

async function takenOver(stage: Stage, timing: Timing, drover: Drover): Promise<Told> {
  const { random } = stage;
  const asleep = Promise.withResolvers<Signal | null>();
  const strike = sleeper(stage, timing, (signal) => asleep.resolve(signal));
  const first = drover.migrate(strike, ['--workers', random.pick(['1', '2'])]);
  void first.then(() => asleep.resolve(null));
  const signal = await asleep.promise;
  const [run] = drover.runs();
  const words = [strike.words];
  const results: CliResult[] = [];
  if (signal && run) {
    const meanwhile = random.next() < 0.5;
    const second = drover.recover('take-over', run);
    words.push(meanwhile ? 'taken over, awake meanwhile' : 'taken over, awake afterwards');
    await (meanwhile ? sleep(400 + random.next() * (timing.run + 500)) : second);
    signal('SIGCONT');
    results.push(await second);
  }
  results.push(await first);
  const { violations, words: rest } = await concluded(stage, drover, run, results);
  return { words: [...words, ...rest].join(', '), violations };
}

/** Stops it at a random time, or while it publishes. */
function sleeper({ random }: Stage, timing: Timing, asleep: (signal: Signal) => void): Strike {
  const step = random.next() < 0.4 ? 'publish' : null;
  const delay = random.next() * (step ? Math.max(5, timing.publish) : timing.run);
  return {
    words: `SIGSTOP ${delay.toFixed(0)} ms into ${step ?? 'the run'}`,
    record(record, signal, hit) {
      const now = step
        ? record.kind === 'step' && record.step === step && record.state === 'running'
        : record.kind === 'started';
      if (!now) return;
      setTimeout(() => {
        hit();
        signal('SIGSTOP');
        asleep(signal);
      }, delay);
    },
  };
}

async function overtaken(stage: Stage, timing: Timing, drover: Drover): Promise<Told> {
  const { target } = stage.subject;
  const asleep = Promise.withResolvers<Signal | null>();
  const strike = asleepWhileLoading(stage, timing, (signal) => asleep.resolve(signal));
  const first = drover.migrate(strike, ['--workers', stage.random.pick(['1', '2'])]);
  void first.then(() => asleep.resolve(null));
  const signal = await asleep.promise;
  const [run] = drover.runs();
  const results: CliResult[] = [];
  const violations: string[] = [];
  if (signal && run) {
    await loseLock(target);
    const second = await drover.recover(
      'take-over',
      run,
      lettingAhead(() => signal('SIGCONT')),
    );
    results.push(second);
    const code = second.error?.code ?? '';
    if (code.startsWith('load.'))
      violations.push(`it was written to after it had been taken over: ${second.error!.message}`);
  }
  results.push(await first);
  const concluding = await concluded(stage, drover, run, results);
  const words = [strike.words, 'its lock lost, taken over, awake in between', ...concluding.words];
  return { words: words.join(', '), violations: [...violations, ...concluding.violations] };
}

/** Just when a chunk's first or last statement is answered. */
function asleepWhileLoading({ subject, random }: Stage, timing: Timing, asleep: (signal: Signal) => void): Strike {
  const { server, proxy } = subject.target;
  const points = PROTOCOL[server].filter(({ name }) => name === 'the ledger row' || name === 'COMMIT');
  const point = random.pick(points);
  const nth = 1 + random.below(Math.max(1, occurrences(point, timing.statements) - 2));
  return {
    words: `SIGSTOP at ${point.name} (${nth})`,
    start(signal, hit) {
      proxy!.rule({
        statement: point.statement,
        nth,
        moment: 'answered',
        act(_, pass) {
          hit();
          signal('SIGSTOP');
          proxy!.rule(null);
          pass();
          asleep(signal);
        },
      });
    },
    end: () => proxy!.rule(null),
  };
}

/** Stands still itself once it has the run, and has the other wake up. */
function lettingAhead(wake: () => void): Strike {
  const patience = setTimeout(wake, ASLEEP_AT_MOST_MS);
  return {
    words: 'the first wakes up',
    record(record, signal) {
      if (record.kind !== 'step' || record.step !== 'stage' || record.state !== 'done') return;
      signal('SIGSTOP');
      wake();
      setTimeout(() => signal('SIGCONT'), AHEAD_MS);
    },
    end() {
      clearTimeout(patience);
      wake();
    },
  };
}

/** As a network or a server may do it to one connection of several. */
async function loseLock(target: Side): Promise<void> {
  await target.use(async (client) => {
    if (target.family === 'postgres') {
      await client.ask(
        `SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
         WHERE l.locktype = 'advisory' AND d.datname = current_database()`,
      );
      return;
    }
    const [holder] = await client.ask(`SELECT IS_USED_LOCK('drover:${target.name}')`);
    if (holder?.[0]) await client.run(`KILL ${holder[0]}`);
  });
}
