// CAST: rules for types, in the order in which they are tried.

import type { LoadCast } from '../../../shared/model/loadfile.ts';
import { list, name, parenthesised, quoted } from './parts.ts';
import type { Scanner } from './scanner.ts';

export function casts(scanner: Scanner): LoadCast[] {
  return list(scanner, () => cast(scanner), 'a rule: type … or column …');
}

type Condition = LoadCast['when'][number];

function cast(scanner: Scanner): LoadCast | null {
  const line = scanner.line();
  const before = scanner.at;
  const of = subject(scanner);
  if (!of) return null;
  const { when, unread } = conditions(scanner);
  const made = definition(scanner);
  return { line, of, when, unread, ...made, text: scanner.since(before) };
}

function subject(scanner: Scanner): LoadCast['of'] | null {
  if (scanner.words('type')) {
    const type = name(scanner);
    return type === null ? scanner.fail('a type') : { kind: 'type', type: type.toLowerCase() };
  }
  if (!scanner.words('column')) return null;
  const parts: string[] = [];
  do {
    const part = scanner.next(/'([^']+)'|"([^"]+)"|([^\s.,;'"]+)/y);
    if (!part) return scanner.fail('a column as table.column');
    parts.push(part[1] ?? part[2] ?? part[3]!);
  } while (scanner.match(/\./y));
  const [column, table] = parts.toReversed();
  if (column === undefined || table === undefined) return scanner.fail('a column as table.column');
  return { kind: 'column', table, column };
}

function conditions(scanner: Scanner): { when: Condition[]; unread: string | null } {
  const when: Condition[] = [];
  let unread: string | null = null;
  for (;;) {
    if (scanner.words('with', 'extra')) {
      if (scanner.words('auto_increment')) when.push({ kind: 'auto_increment' });
      else if (scanner.words('on', 'update', 'current', 'timestamp')) when.push({ kind: 'on update' });
      else return scanner.fail('auto_increment, or on update current timestamp');
    } else if (scanner.words('when', 'default') || scanner.words('and', 'default')) {
      const value = quoted(scanner);
      if (value === null) return scanner.fail('a default in quotes');
      when.push({ kind: 'default', value });
    } else if (scanner.words('when', 'unsigned') || scanner.words('and', 'unsigned')) when.push({ kind: 'unsigned' });
    else if (scanner.words('when', 'not', 'null') || scanner.words('and', 'not', 'null'))
      when.push({ kind: 'not null' });
    else if (scanner.words('when')) {
      const text = parenthesised(scanner);
      if (text === null) return scanner.fail('a condition');
      const read = compared(text);
      if (read) when.push(...read);
      else unread = text;
    } else return { when, unread };
  }
}

/** (= 1 precision), (and (<= 10 precision) (= 0 scale)); null where it says more than that. */
function compared(text: string): Condition[] | null {
  const inner = /^\(\s*and\s+([\s\S]*)\)$/i.exec(text.trim())?.[1] ?? text;
  const found: Condition[] = [];
  const rest = inner.replace(
    /\(\s*(<=|>=|\/=|=|<|>)\s+(?:(\d+)\s+(precision|scale)|(precision|scale)\s+(\d+))\s*\)/gi,
    (_, by: string, left: string | undefined, of: string | undefined, other: string | undefined, right: string) => {
      const what = (of ?? other)!.toLowerCase() as 'precision' | 'scale';
      // (<= 10 precision) says that 10 is the lesser one.
      const turned = left === undefined ? by : (TURNED[by] ?? by);
      found.push({ kind: 'compare', what, by: turned as '=', value: Number(left ?? right) });
      return '';
    },
  );
  return rest.trim() === '' && found.length > 0 ? found : null;
}

const TURNED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

type Definition = Pick<LoadCast, 'to' | 'dropTypemod' | 'notNull' | 'dropDefault' | 'using'>;

function definition(scanner: Scanner): Definition {
  const made: { -readonly [K in keyof Definition]: Definition[K] } = {
    to: null,
    dropTypemod: false,
    notNull: 'keep',
    dropDefault: false,
    using: null,
  };
  for (;;) {
    if (scanner.words('to')) {
      const type = name(scanner);
      if (type === null) return scanner.fail('a type of the target');
      made.to = `${type}${scanner.match(/\([\d, ]*\)/y)?.[0] ?? ''}`;
    } else if (scanner.words('drop', 'typemod')) made.dropTypemod = true;
    else if (scanner.words('keep', 'typemod')) made.dropTypemod = false;
    else if (scanner.words('drop', 'default')) made.dropDefault = true;
    else if (scanner.words('keep', 'default')) made.dropDefault = false;
    else if (scanner.words('drop', 'not', 'null')) made.notNull = 'drop';
    else if (scanner.words('set', 'not', 'null')) made.notNull = 'set';
    else if (scanner.words('keep', 'not', 'null')) made.notNull = 'keep';
    else if (scanner.words('keep', 'extra') || scanner.words('drop', 'extra')) continue;
    else if (scanner.words('using')) {
      made.using =
        parenthesised(scanner) ?? scanner.next(/[\w/.%:-]+/y)?.[0].toLowerCase() ?? scanner.fail('a function');
    } else return made;
  }
}
