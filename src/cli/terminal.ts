// Where text goes: people's to stdout, or to stderr when --json keeps stdout for machines.

import { createTheme, type Theme } from './display/theme.ts';

export interface Terminal {
  readonly json: boolean;
  /** People's stream. */
  readonly stream: NodeJS.WriteStream;
  readonly theme: Theme;
  /** Somebody sits there who can answer a question. */
  readonly interactive: boolean;
  readonly columns: number;
  /** A line for people. */
  say(line?: string): void;
  /** A result that the command was asked for, as it is: a project, a report. */
  result(text: string): void;
  /** A line for machines; only under --json. */
  record(value: unknown): void;
}

export function createTerminal(json: boolean, environment = process.env): Terminal {
  const stream = json ? process.stderr : process.stdout;
  return {
    json,
    stream,
    theme: createTheme({ isTTY: stream.isTTY === true, environment, platform: process.platform }),
    interactive: process.stdin.isTTY === true && process.stderr.isTTY === true,
    columns: stream.isTTY ? stream.columns || 80 : 120,
    say(line = '') {
      stream.write(`${line}\n`);
    },
    result(text) {
      process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
    },
    record(value) {
      if (json) process.stdout.write(`${JSON.stringify(value)}\n`);
    },
  };
}
