// A process that stands still, another that takes its run over, and the first that wakes up: meanwhile, or afterwards.

import { setTimeout as sleep } from 'node:timers/promises';
import type { CliResult, Signal } from '../../support/process.ts';
import { concluded, type Result, watched } from '../cycle.ts';
import type { Drover, Stage, Strike } from '../drover.ts';
import type { Timing } from '../timing.ts';
import { everywhere, type FaultClass } from './class.ts';

export const zombie: FaultClass = {
  name: 'zombie',
  fits: everywhere,
  cycle: (stage, timing) => watched(stage, (drover) => takenOver(stage, timing, drover)),
};

async function takenOver(stage: Stage, timing: Timing, drover: Drover): Promise<Pick<Result, 'words' | 'violations'>> {
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
