// Turns whatever was thrown into Drover's own error.

import { DroverError, type ErrorCode } from '../../shared/errors.ts';
import { redactDatabaseText } from './redact.ts';

/** A DroverError as it is; a cancelled operation by its name; anything else is a fault of ours. */
export function asDroverError(thrown: unknown): DroverError {
  if (thrown instanceof DroverError) return thrown;
  if (thrown instanceof Error && thrown.name === 'AbortError')
    return new DroverError('run.cancelled', 'The run was cancelled.');
  const code = (thrown as { code?: unknown })?.code;
  const text = redactDatabaseText(withoutStatement(thrown instanceof Error ? thrown.message : String(thrown), code));
  // The one is of files, the other of the history of runs.
  if (code === 'ENOSPC' || code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE') {
    return new DroverError('support.disk-full', 'The local disk is full.', {
      cause: text,
      hint: 'Free some space and run again.',
      where: { side: 'local' },
    });
  }
  // Files that the user has chosen have errors of their own.
  if (typeof code === 'string' && /^(?:EACCES|EPERM|EROFS|SQLITE_READONLY|SQLITE_CANTOPEN)/.test(code)) {
    return new DroverError('support.unwritable', 'Drover may not read or write its own files on this machine.', {
      cause: text,
      hint: 'Give yourself the right to read and write its data folder, or choose another one with DROVER_HOME.',
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

/** What the query builder says of the history begins with the whole statement, and all values in it. */
function withoutStatement(message: string, code: unknown): string {
  return typeof code === 'string' && code.startsWith('SQLITE_') ? message.split(' - ').at(-1)! : message;
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
