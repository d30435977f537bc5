// The audit log of a run: every action, decision and statement that changes something, one line each.

import { appendFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Consent } from '../../shared/contract.ts';
import type { AuditState, StepName } from '../../shared/model/run.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Carried } from '../dialects/told.ts';
import { thisProcess } from '../support/process.ts';

export const AUDIT = 'audit.ndjson';

export interface Audit {
  /** In the file when the promise resolves. Steps without an object are where the run is from then on. */
  write(step: StepName, state: AuditState, detail: string | null, object?: string): Promise<void>;
  /** Soon in the file, for what a step says of each of its tables; a fault is thrown by the next `write`. */
  tell(step: StepName, state: AuditState, detail: string, object: string): void;
  /** What came of a statement in the step that the run is in: soon in the file; a fault is thrown by the next `write`. */
  note(carried: Carried): void;
  /** What was written is on disk when the promise resolves: before an act that can't be taken back by going on. */
  kept(): Promise<void>;
}

export function openAudit(folder: string, begins: StepName = 'preflight'): Audit {
  const file = join(folder, AUDIT);
  let current = begins;
  let lines: string[] = [];
  let writing: Promise<void> = Promise.resolve();

  const put = (step: StepName, state: AuditState, detail: string | null, object?: string): void => {
    const entry = { at: new Date().toISOString(), run: basename(folder), step, state, detail };
    lines.push(`${JSON.stringify(object === undefined ? entry : { ...entry, object })}\n`);
  };
  /** All that has come together while the last lines were written goes with one write. */
  const out = (flush: boolean): Promise<void> => {
    const write = async (): Promise<void> => {
      const waiting = lines;
      if (waiting.length === 0 && !flush) return;
      lines = [];
      try {
        await appendFile(file, waiting.join(''), { flush });
      } catch (error) {
        // They are tried again; what was torn stays a line by itself, which nobody can read.
        lines = ['\n', ...waiting, ...lines];
        throw error;
      }
    };
    writing = writing.then(write, write);
    return writing;
  };

  return {
    async write(step, state, detail, object) {
      if (object === undefined) current = step;
      put(step, state, detail, object);
      await out(false);
    },
    tell(step, state, detail, object) {
      put(step, state, detail, object);
      out(false).catch(() => undefined);
    },
    note({ sql, object, became, why }) {
      put(current, became, why === null ? sql : `${sql}: ${why}`, object);
      out(false).catch(() => undefined);
    },
    kept: () => out(true),
  };
}

/** The same dialect, of whose connections the audit hears what they change. Writers tell of whole chunks, by their results. */
export function audited(dialect: Dialect, audit: Audit): Dialect {
  return {
    ...dialect,
    // Sessions that are not the run's own only look.
    connect: (access, options) => dialect.connect(access, options.run ? { ...options, told: audit.note } : options),
    openPublisher: (access, run) => dialect.openPublisher(access, run, audit.note),
  };
}

/** Who did it, and who agreed: the host and the process, since Drover knows no persons. */
export function byWhom(consent: Consent | undefined): string {
  const { pid, host } = thisProcess();
  return `by process ${pid} on ${host}${consent ? `, ${agreements[consent]}` : ''}`;
}

const agreements: Readonly<Record<Consent, string>> = {
  typed: 'confirmed by the typed name of the target',
  answered: 'confirmed at the terminal',
  option: 'confirmed by --yes',
  screens: 'confirmed on the screens',
};
