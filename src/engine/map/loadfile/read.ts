// A load file of pgloader's, command by command. Opens nothing and runs nothing.

import { DroverError } from '../../../shared/errors.ts';
import type { LoadCommand, LoadNote } from '../../../shared/model/loadfile.ts';
import { casts } from './casts.ts';
import { withOptions } from './options.ts';
import { list, name, pattern, quoted } from './parts.ts';
import { type Scanner, scan } from './scanner.ts';
import { address, type Environment } from './urls.ts';

/** Throws `project.bad-load-file`. {{NAME}} and GETENV are filled from the environment, as pgloader does. */
export function readLoadFile(text: string, environment: Environment): LoadCommand[] {
  const scanner = scan(filled(text.replace(/^\uFEFF/, ''), environment));
  const commands: LoadCommand[] = [];
  while (!scanner.done) {
    if (scanner.sign(';')) continue;
    commands.push(command(scanner, environment));
  }
  if (commands.length > 0) return commands;
  throw new DroverError('project.bad-load-file', 'The load file holds no command.', {
    hint: 'It should say LOAD DATABASE FROM … INTO …',
    where: { side: 'project' },
  });
}

function command(scanner: Scanner, environment: Environment): LoadCommand {
  const line = scanner.line();
  if (!scanner.words('load', 'database')) return otherKind(scanner, line);
  const notes: LoadNote[] = [];
  const note = (at: number, text: string, taken: LoadNote['taken'], why: string) =>
    void notes.push({ line: at, text, taken, why });
  const end = (word: 'from' | 'into'): string | null => {
    if (!scanner.words(word)) return scanner.fail(word.toUpperCase());
    const at = scanner.line();
    const found = address(scanner, environment) ?? scanner.fail('the address of a database');
    for (const left of found.left) note(at, left, 'no', 'It means nothing in an address of Drover’s.');
    if (found.url === null) note(at, found.text, 'no', 'Drover does not open such databases.');
    return found.url;
  };
  const source = end('from');
  const target = end('into');

  // pgloader writes names in lower case unless told otherwise.
  let made: LoadCommand = {
    line,
    source,
    target,
    naming: 'lower',
    mode: null,
    skipErrors: false,
    batchRows: null,
    workers: null,
    casts: [],
    including: [],
    excluding: [],
    renames: [],
    notes,
  };
  for (let more = true; more && !scanner.sign(';') && !scanner.done; ) {
    const change = clause(scanner, made, note);
    more = change !== null;
    if (change) made = { ...made, ...change };
    else return scanner.fail('a clause such as WITH, SET, CAST or INCLUDING, or ;');
  }
  return made;
}

type Tell = (line: number, text: string, taken: LoadNote['taken'], why: string) => void;

/** One clause, wherever it stands; null where none begins. */
function clause(scanner: Scanner, made: LoadCommand, note: Tell): Partial<LoadCommand> | null {
  const line = scanner.line();
  const before = scanner.at;
  const names = (plain: 'name' | 'like') =>
    list(scanner, () => pattern(scanner, plain), 'a name in quotes or a ~/pattern/');
  const leave = (why: string): Partial<LoadCommand> => {
    note(line, shortened(scanner.since(before)), 'no', why);
    return {};
  };

  if (scanner.words('with')) return withOptions(scanner, made.notes);
  if (scanner.words('cast')) return { casts: [...made.casts, ...casts(scanner)] };
  if (scanner.words('set')) {
    const mysql = scanner.words('mysql', 'parameters');
    if (!mysql) scanner.words('postgresql', 'parameters');
    for (const each of list(scanner, () => parameter(scanner), 'a parameter and its value in quotes')) {
      note(
        each.line,
        each.text,
        'no',
        `Drover sets what it needs in the ${mysql ? 'source' : 'target'} by itself.${each.more}`,
      );
    }
    return {};
  }
  if (scanner.words('including', 'only', 'table', 'names')) {
    const found = filter(scanner, names);
    note(
      line,
      shortened(scanner.since(before)),
      found.schema === null ? 'yes' : 'partly',
      `Only these tables are mapped.${inSchema(found.schema)}`,
    );
    return { including: [...made.including, ...found.names] };
  }
  if (scanner.words('excluding', 'table', 'names')) {
    const found = filter(scanner, names);
    note(
      line,
      shortened(scanner.since(before)),
      found.schema === null ? 'yes' : 'partly',
      `These tables are not mapped.${inSchema(found.schema)}`,
    );
    return { excluding: [...made.excluding, ...found.names] };
  }
  if (scanner.words('decoding', 'table', 'names', 'matching')) {
    names('name');
    if (!scanner.words('as') || name(scanner) === null) return scanner.fail('AS and an encoding');
    return leave('Texts are read as the source declares them; the step “repair encoding” mends those that are wrong.');
  }
  if (scanner.words('alter', 'schema')) {
    const from = quoted(scanner);
    if (from === null || !scanner.words('rename', 'to')) return scanner.fail("'schema' RENAME TO 'schema'");
    const to = quoted(scanner) ?? scanner.fail('a name in quotes');
    const target = made.target === null ? null : withSchema(made.target, to);
    note(
      line,
      scanner.since(before),
      target === null ? 'no' : 'yes',
      `Tables go into the schema ${to} of the target, which has to be there.`,
    );
    return { target };
  }
  if (scanner.words('alter', 'table', 'names', 'matching'))
    return alterTable(scanner, line, before, names('name'), made, note);
  if (scanner.words('materialize', 'all', 'views')) return leave(VIEWS);
  if (scanner.words('materialize', 'views')) {
    list(scanner, () => view(scanner), 'a view');
    return leave(VIEWS);
  }
  for (const when of [
    ['before', 'load'],
    ['after', 'load'],
    ['after', 'create', 'schema'],
    ['before', 'create', 'schema'],
    ['finally'],
  ]) {
    if (scanner.words(...when)) {
      statements(scanner, (at, sql) =>
        note(
          at,
          `${when.join(' ').toUpperCase()}: ${shortened(sql)}`,
          'no',
          'SQL of the file is never run. Run it yourself where it is still needed.',
        ),
      );
      return {};
    }
  }
  if (scanner.words('distribute')) {
    scanner.next(/[^;]*?(?=\bdistribute\b|;|$)/iy);
    return leave('Drover does not distribute tables.');
  }
  return null;
}

const VIEWS = 'Views are not carried; the plan lists them.';

function filter(
  scanner: Scanner,
  names: (plain: 'name' | 'like') => LoadCommand['including'],
): { names: LoadCommand['including']; schema: string | null } {
  const like = scanner.words('like');
  if (!like && !scanner.words('matching')) return scanner.fail('MATCHING or LIKE');
  const found = names(like ? 'like' : 'name');
  const schema = scanner.words('in', 'schema') ? (quoted(scanner) ?? scanner.fail('a schema in quotes')) : null;
  return { names: found, schema };
}

function inSchema(schema: string | null): string {
  return schema === null ? '' : ` Whatever schema they are in: the source’s address says which is read, not ${schema}.`;
}

function alterTable(
  scanner: Scanner,
  line: number,
  before: number,
  of: LoadCommand['including'],
  made: LoadCommand,
  note: Tell,
): Partial<LoadCommand> {
  if (scanner.words('in', 'schema') && quoted(scanner) === null) return scanner.fail('a schema in quotes');
  if (scanner.words('rename', 'to')) {
    const to = quoted(scanner) ?? scanner.fail('a name in quotes');
    return { renames: [...made.renames, { line, of, to }] };
  }
  const left = (why: string): Partial<LoadCommand> => {
    note(line, scanner.since(before), 'no', why);
    return {};
  };
  if (scanner.words('set', 'schema') && quoted(scanner) !== null)
    return left('All tables of a project go into one schema of the target.');
  if (scanner.words('set', 'tablespace') && quoted(scanner) !== null)
    return left('Tables go into the target’s default tablespace.');
  if (scanner.words('owner', 'to') && quoted(scanner) !== null)
    return left('Tables belong to the user who runs the migration.');
  if (scanner.words('set') && scanner.next(/\([^)]*\)/y))
    return left('Storage parameters are the target’s own defaults.');
  return scanner.fail('RENAME TO, SET SCHEMA, SET TABLESPACE, OWNER TO or SET (…)');
}

function parameter(scanner: Scanner): { line: number; text: string; more: string } | null {
  const line = scanner.line();
  const before = scanner.at;
  const key = scanner.next(/[\w.-]+/y)?.[0];
  if (key === undefined || !(scanner.words('to') || scanner.sign('='))) return null;
  const value = quoted(scanner);
  if (value === null) return null;
  const more = key.toLowerCase() === 'search_path' ? ' Name the schema in the target’s address: ?schema=…' : '';
  return { line, text: `SET ${scanner.since(before)}`, more };
}

function view(scanner: Scanner): true | null {
  if (name(scanner) === null) return null;
  if (scanner.match(/\./y) && name(scanner) === null) return scanner.fail('the name of a view');
  if (scanner.words('as') && scanner.next(DOLLARS) === null) return scanner.fail('$$ and a query');
  return true;
}

const DOLLARS = /\$\$([\s\S]*?)\$\$/y;

function statements(scanner: Scanner, tell: (line: number, sql: string) => void): void {
  if (scanner.words('execute')) {
    const line = scanner.line();
    const file = scanner.next(/'([^']+)'|"([^"]+)"|([^\s;]+)/y) ?? scanner.fail('a file of SQL');
    tell(line, `the file ${file[1] ?? file[2] ?? file[3]}`);
    return;
  }
  if (!scanner.words('do')) scanner.fail('DO or EXECUTE');
  do {
    const line = scanner.line();
    const found = scanner.next(DOLLARS) ?? scanner.fail('SQL between $$ and $$');
    tell(line, found[1]!.trim());
  } while (scanner.sign(','));
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}

function withSchema(url: string, schema: string): string {
  if (schema === 'public') return url;
  return `${url}${url.includes('?') ? '&' : '?'}schema=${encodeURIComponent(schema)}`;
}

function otherKind(scanner: Scanner, line: number): never {
  if (!scanner.words('load')) return scanner.fail('LOAD DATABASE');
  const kind = scanner.next(/[a-z]+/iy)?.[0].toUpperCase() ?? '';
  throw new DroverError(
    'project.bad-load-file',
    `Line ${line} loads ${kind || 'something'}; Drover takes LOAD DATABASE alone.`,
    {
      hint: 'Take the other commands out of the file.',
      where: { side: 'project' },
    },
  );
}

function filled(text: string, environment: Environment): string {
  return text.replace(/\{\{\{?\s*([\w.-]+)\s*\}?\}\}/g, (_, variable: string) => {
    const value = environment[variable];
    if (value !== undefined) return value;
    throw new DroverError(
      'project.bad-load-file',
      `The load file names {{${variable}}}, which the environment does not hold.`,
      {
        hint: `Set ${variable} and try again.`,
        where: { side: 'project' },
      },
    );
  });
}
