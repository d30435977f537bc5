// The control of a run under way: what a person may wish of it while it acts.

import type { RunEvent, StepName } from '../../shared/model/run.ts';
import type { Executor } from '../pipeline/executor.ts';

export interface ControlPorts {
  readonly tell: (event: RunEvent) => void;
  /** Writes the wish down beside what the steps do. */
  readonly audit: (step: StepName, detail: string) => Promise<void>;
}

/** Steps after which nothing is left that can wait. */
const TOO_LATE: ReadonlySet<StepName> = new Set(['publish', 'confirm', 'finish']);

/** Loading and verifying wait, between two batches. Pressed in another step, the next one of these two waits. */
export class RunControl {
  readonly #ports: ControlPorts;
  #executor: Executor | null = null;
  #step: StepName = 'preflight';
  #paused = false;

  constructor(ports: ControlPorts) {
    this.#ports = ports;
  }

  /** The workers that wait when they are told to. */
  attach(executor: Executor): void {
    this.#executor = executor;
    executor.hold(this.#paused);
  }

  entered(step: StepName): void {
    this.#step = step;
  }

  /** False where nothing is left that could wait. */
  async pause(): Promise<boolean> {
    if (this.#paused) return true;
    if (TOO_LATE.has(this.#step)) {
      this.#log('Nothing is left to pause: the new tables are verified and take their places now.');
      return false;
    }
    await this.#turn(true, 'Paused: loading and verifying wait before their next batch.');
    return true;
  }

  async resume(): Promise<void> {
    if (this.#paused) await this.#turn(false, 'Resumed.');
  }

  async #turn(paused: boolean, words: string): Promise<void> {
    this.#paused = paused;
    this.#executor?.hold(paused);
    this.#ports.tell({ kind: 'paused', paused, at: new Date().toISOString() });
    this.#log(words);
    await this.#ports.audit(this.#step, words);
  }

  #log(message: string): void {
    this.#ports.tell({ kind: 'log', level: 'info', message, at: new Date().toISOString() });
  }
}
