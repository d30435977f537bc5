// Colours and glyphs of the terminal: a colour means a state, and a glyph always goes with it.

import { Ansis } from 'ansis';

export type Style = (text: string) => string;

export interface Theme {
  readonly accent: Style;
  readonly block: Style;
  readonly warn: Style;
  readonly proved: Style;
  readonly note: Style;
  readonly quiet: Style;
  readonly strong: Style;
  readonly glyph: Glyphs;
}

export interface Glyphs {
  readonly done: string;
  readonly failed: string;
  readonly waiting: string;
  readonly undone: string;
  readonly warning: string;
  readonly note: string;
  readonly arrow: string;
  readonly full: string;
  readonly half: string;
  readonly empty: string;
  readonly ellipsis: string;
  readonly branch: string;
  readonly spinner: readonly string[];
}

/** What of the stream and the environment decides how text may look. */
export interface Surface {
  readonly isTTY: boolean;
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
}

export function createTheme(surface: Surface): Theme {
  // 16 colours only: they follow the person's own terminal theme, dark or light.
  const ansi = new Ansis(colours(surface) ? 1 : 0);
  return {
    accent: (text) => ansi.cyan(text),
    block: (text) => ansi.red(text),
    warn: (text) => ansi.yellow(text),
    proved: (text) => ansi.green(text),
    note: (text) => ansi.blue(text),
    quiet: (text) => ansi.dim(text),
    strong: (text) => ansi.bold(text),
    glyph: unicode(surface) ? unicodeGlyphs : asciiGlyphs,
  };
}

/** NO_COLOR (any value but empty) wins, then FORCE_COLOR, then whether a terminal is there. */
function colours({ isTTY, environment }: Surface): boolean {
  if (environment.NO_COLOR) return false;
  if (environment.FORCE_COLOR) return environment.FORCE_COLOR !== '0';
  return isTTY && environment.TERM !== 'dumb';
}

function unicode({ isTTY, environment, platform }: Surface): boolean {
  if (!isTTY || platform === 'win32') return true;
  if (environment.TERM === 'linux') return false;
  const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || '';
  return locale === '' || /utf-?8/i.test(locale);
}

const unicodeGlyphs: Glyphs = {
  done: '✓',
  failed: '✗',
  waiting: '·',
  undone: '↶',
  warning: '▲',
  note: '○',
  arrow: '→',
  full: '━',
  half: '╸',
  empty: '─',
  ellipsis: '…',
  branch: '└',
  spinner: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'],
};

const asciiGlyphs: Glyphs = {
  done: '+',
  failed: 'x',
  waiting: '.',
  undone: '<',
  warning: '!',
  note: 'o',
  arrow: '->',
  full: '#',
  half: '#',
  empty: '-',
  ellipsis: '~',
  branch: '`',
  spinner: ['|', '/', '-', '\\'],
};
