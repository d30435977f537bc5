// Turns whatever was thrown into Drover's own error.

import { DroverError, type ErrorCode } from '../../shared/errors.ts';
import { redactDatabaseText } from './redact.ts';

/** A DroverError as it is; a cancelled operation by its name; anything else is a fault of ours. */
export function asDroverError(thrown: unknown): DroverError {
  if (thrown instanceof DroverError) return thrown;
  if (thrown instanceof Error && thrown.name === 'AbortError')
    return new DroverError('run.cancelled', 'The run was cancelled.');
  const code = (thrown as { code?: unknown })?.code;
  const text = redactDatabaseText(thrown instanceof Error ? thrown.message : String(thrown));
  // The one is of files, the other of the history of runs.
  if (code === 'ENOSPC' || code === 'SQLITE_FULL') {
    return new DroverError('support.disk-full', 'The local disk is full.', {
      cause: text,
      hint: 'Free some space and run again.',
      where: { side: 'local' },
    });
  }
  // Files of the user's have errors of their own: this is the history of runs.
  if (typeof code === 'string' && code.startsWith('SQLITE_BUSY')) {
    return new DroverError('support.history-locked', 'Another Drover on this machine holds the history of runs.', {
      cause: text,
      hint: 'Try again; if a process of Drover no longer answers, end it first.',
      where: { side: 'local' },
    });
  }
  return new DroverError('support.internal', 'Something failed that Drover did not foresee.', {
    cause: text,
    hint: 'Please report this with the text above; set DROVER_DEBUG=1 to see where it happened.',
  });
}

/** Of the moment: the same may succeed a little later, on new connections. */
export function isTransient({ code }: DroverError): boolean {
  return TRANSIENT.has(code);
}

const TRANSIENT: ReadonlySet<ErrorCode> = new Set([
  'connect.lost',
  'connect.timeout',
  'connect.unreachable',
  'connect.ssh-unreachable',
  'run.contended',
]);
