// Errors as data: a closed list of codes, each with what happened, why, what to do, and where.

/**
 * Every failure that Drover can name. The part before the dot is the stage.
 * `refusals` below says which of them mean "nothing was touched".
 */
export const errorCodes = [
  'connect.bad-url',
  'connect.unknown-scheme',
  'connect.unreachable',
  'connect.timeout',
  'connect.wrong-password',
  'connect.no-such-database',
  'connect.tls-refused',
  'connect.tls-not-trusted',
  'connect.tls-wrong-host',
  'connect.no-privilege',
  'connect.not-sqlite',
  'connect.corrupt',
  'connect.missing-file',
  'connect.read-only',
  'connect.unsupported-version',
  'connect.lost',
  'connect.ssh-unreachable',
  'connect.ssh-refused',
  'connect.ssh-unknown-host',
  'connect.keychain',
  'inspect.failed',
  'inspect.no-such-schema',
  'inspect.no-such-table',
  'inspect.too-slow',
  'map.same-database',
  'map.nothing-to-do',
  'map.name-collision',
  'map.bad-expression',
  'map.bad-query',
  'map.bad-rule',
  'map.bad-transform',
  'project.not-json',
  'project.newer-version',
  'project.invalid',
  'project.missing-file',
  'project.drift',
  'project.unwritable',
  'project.changed-elsewhere',
  'project.bad-load-file',
  'files.unreadable',
  'plan.blocked',
  'plan.target-has-rows',
  'plan.bad-filter',
  'run.not-confirmed',
  'run.no-such-run',
  'run.records-gone',
  'run.target-locked',
  'run.cancelled',
  'run.nothing-to-retry',
  'run.not-published',
  'rule.broken',
  'rule.failed',
  'run.too-many-refused',
  'run.nothing-left',
  'run.source-changed',
  'run.not-running',
  'run.nothing-to-roll-back',
  'run.changed-since',
  'run.depended-on',
  'run.superseded',
  'run.interrupted',
  'run.contended',
  'run.not-resumable',
  'run.taken-over',
  'load.rejected',
  'load.count',
  'load.failed',
  'lookup.ambiguous',
  'convert.not-representable',
  'transform.refused',
  'index.failed',
  'verify.different',
  'verify.stranded',
  'verify.nothing-to-compare',
  'publish.failed',
  'publish.lock-timeout',
  'publish.key-stands',
  'publish.dependant',
  'compensate.failed',
  'report.format',
  'support.disk-full',
  'support.unwritable',
  'support.server',
  'support.usage',
  'support.sample',
  'support.disconnected',
  'support.history-locked',
  'support.history-damaged',
  'support.internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export interface DroverErrorData {
  readonly code: ErrorCode;
  /** What happened: one sentence, no secret, no row value. */
  readonly message: string;
  /** Why, in the database's or the system's own words, redacted; null where the message says it all. */
  readonly cause: string | null;
  /** What to do next, one sentence in the imperative, wherever it is read. */
  readonly hint: string | null;
  /** The same as a command, where one does it: for the command line. */
  readonly command?: string | undefined;
  readonly where: {
    readonly side?: 'source' | 'target' | 'project' | 'local' | undefined;
    readonly table?: string | undefined;
    readonly column?: string | undefined;
    readonly step?: string | undefined;
  };
}

export interface ErrorDetails {
  readonly cause?: string | null;
  readonly hint?: string | null;
  readonly command?: string | undefined;
  readonly where?: DroverErrorData['where'];
}

/** The one exception that Drover throws on purpose. It crosses threads and transports as `data`. */
export class DroverError extends Error {
  readonly data: DroverErrorData;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message);
    this.name = 'DroverError';
    this.data = {
      code,
      message,
      cause: details.cause ?? null,
      hint: details.hint ?? null,
      ...(details.command === undefined ? {} : { command: details.command }),
      where: details.where ?? {},
    };
  }

  get code(): ErrorCode {
    return this.data.code;
  }

  static from(data: DroverErrorData): DroverError {
    return new DroverError(data.code, data.message, data);
  }
}

/** The same error, told where it happened; what the error already knows wins. */
export function at(error: DroverError, where: DroverErrorData['where']): DroverError {
  return DroverError.from({ ...error.data, where: { ...where, ...error.data.where } });
}

/** For the default branch of an exhaustive switch. */
export function assertNever(value: never): never {
  throw new Error(`unexpected: ${JSON.stringify(value)}`);
}
