// What the process says with its exit status; the same five numbers for every command.

import type { RunState } from '../shared/model/run.ts';

export const exitStatus = {
  /** Published and verified, or the read-only command succeeded. */
  ok: 0,
  /** Failed and rolled back: the target is as before. Also: a comparison that found differences. */
  failed: 1,
  /** Refused before anything was touched. */
  refused: 2,
  /** Published and verified, with rows in quarantine or without tables that were left out. */
  incomplete: 3,
  /** Somebody has to decide: interrupted or held, or the target could not be asked. */
  unknown: 4,
} as const;
export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];

/** null: the stream of events ended without saying how the run ended. */
export function statusOfRun(state: RunState | null, incomplete: boolean): ExitStatus {
  switch (state) {
    case 'published':
      return incomplete ? exitStatus.incomplete : exitStatus.ok;
    case 'rehearsed':
      return exitStatus.ok;
    case 'rolled back':
    case 'undone':
      return exitStatus.failed;
    case 'refused':
      return exitStatus.refused;
    case 'running':
    case 'held':
    case 'interrupted':
    case 'unknown':
    case null:
      return exitStatus.unknown;
  }
}
