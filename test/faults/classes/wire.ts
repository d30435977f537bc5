// The statements of the protocol, each before it is sent, once it is sent, and once it is answered and nobody has heard.

import type { Signal } from '../../support/process.ts';
import { cycle } from '../cycle.ts';
import type { Stage, Strike } from '../drover.ts';
import { type Moment, moments, type Relay } from '../proxy.ts';
import type { Name } from '../servers.ts';
import { hooked } from '../sqlite/hooked.ts';
import type { Timing } from '../timing.ts';
import { everywhere, type FaultClass } from './class.ts';

export interface Point {
  readonly name: string;
  readonly statement: RegExp;
}

/** A message without text: its kind and its length. */
const COPY_DONE = new RegExp(`c${String.fromCharCode(0, 0, 0, 4)}$`);

export const PROTOCOL: Readonly<Record<Name, readonly Point[]>> = {
  postgres: [
    { name: 'CREATE SCHEMA', statement: /CREATE SCHEMA/ },
    { name: 'CREATE TABLE', statement: /CREATE TABLE "drover_/ },
    { name: 'the ledger row', statement: /INSERT INTO "drover_\w+_control"\."ledger"/ },
    { name: 'COPY', statement: /COPY "drover_/ },
    { name: 'the end of COPY', statement: COPY_DONE },
    { name: 'the digest', statement: /UPDATE "drover_\w+_control"\."ledger"/ },
    { name: 'COMMIT', statement: /COMMIT/ },
    { name: 'an index or key', statement: /CREATE (UNIQUE )?INDEX|ADD (CONSTRAINT|PRIMARY KEY)/ },
    { name: 'LOCK TABLE', statement: /LOCK TABLE .* ACCESS EXCLUSIVE/ },
    { name: 'taking off what hangs', statement: /DROP (TRIGGER|RULE|POLICY|CONSTRAINT)|ALTER PUBLICATION \S+ DROP/ },
    { name: 'SET SCHEMA', statement: /SET SCHEMA/ },
    { name: 'a view', statement: /CREATE OR REPLACE (VIEW|FUNCTION)/ },
    { name: 'putting on what hangs', statement: /CREATE (TRIGGER|RULE|POLICY)|ALTER PUBLICATION \S+ ADD/ },
    { name: 'a key from outside', statement: /NOT VALID|VALIDATE CONSTRAINT/ },
    { name: 'the state', statement: /UPDATE "drover_\w+_control"\."control"/ },
    { name: 'DROP', statement: /DROP (SCHEMA|TABLE)/ },
  ],
  mariadb: [
    { name: 'CREATE DATABASE', statement: /CREATE DATABASE/ },
    { name: 'CREATE TABLE', statement: /CREATE TABLE/ },
    { name: 'the control row', statement: /INSERT INTO `drover_\w+`\.`drover_control`/ },
    { name: 'the ledger row', statement: /INSERT INTO `drover_\w+`\.`drover_ledger`/ },
    { name: 'rows', statement: /INSERT INTO `drover_\w+`\.`(things|marks|bare)`/ },
    { name: 'the digest', statement: /UPDATE `drover_\w+`\.`drover_ledger`/ },
    { name: 'COMMIT', statement: /COMMIT$/ },
    { name: 'an index or key', statement: /ALTER TABLE/ },
    { name: 'RENAME', statement: /RENAME TABLE/ },
    { name: 'DROP', statement: /DROP (DATABASE|TABLE)/ },
  ],
  sqlite: [
    { name: 'BEGIN', statement: /^BEGIN/ },
    { name: 'CREATE TABLE', statement: /CREATE TABLE/ },
    { name: 'the control row', statement: /INSERT INTO "drover_\w+_control"/ },
    { name: 'the ledger row', statement: /INSERT OR IGNORE INTO "drover_\w+_ledger"/ },
    { name: 'rows', statement: /INSERT INTO "drover_\w+_s_/ },
    { name: 'the digest', statement: /UPDATE "drover_\w+_ledger"/ },
    { name: 'COMMIT', statement: /^COMMIT/ },
    { name: 'an index', statement: /CREATE (UNIQUE )?INDEX/ },
    { name: 'the schema itself', statement: /UPDATE main\.sqlite_schema/ },
    { name: 'the state', statement: /UPDATE "drover_\w+_control"/ },
    { name: 'DROP', statement: /DROP TABLE/ },
  ],
};

/** In the file of an SQLite target, where nobody counts beforehand. */
const OFTEN = /^(BEGIN|COMMIT|rows|the schema itself)$/;

export const wire: FaultClass = {
  name: 'wire',
  fits: everywhere,
  variants: (_, to) => PROTOCOL[to].length * moments.length,
  cycle(stage, timing, turn) {
    const points = PROTOCOL[stage.subject.target.server];
    const moment = moments[turn % moments.length]!;
    const point = points[Math.floor(turn / moments.length) % points.length]!;
    return cycle(stage, killAt(stage, timing, point, moment));
  },
};

/** The end of each chunk, when the server has committed it and nobody has heard. */
export const ledger: FaultClass = {
  name: 'ledger',
  fits: (_, to) => to !== 'sqlite',
  cycle(stage, timing, turn) {
    const commit = PROTOCOL[stage.subject.target.server].find(({ name }) => name === 'COMMIT')!;
    return cycle(stage, killAt(stage, timing, commit, 'answered', 1 + (turn % occurrences(commit, timing.statements))));
  },
};

function killAt(
  { subject: { target }, random }: Stage,
  { statements }: Timing,
  point: Point,
  moment: Moment,
  chosen?: number,
): Strike {
  if (!target.proxy)
    return hooked(
      point,
      moment === 'sent' ? 'answered' : moment,
      target.name,
      OFTEN.test(point.name) ? 1 + random.below(3) : 1,
    );
  const nth = chosen ?? 1 + random.below(occurrences(point, statements));
  return killOnce(target.proxy, point, moment, nth);
}

/** SIGKILL as the nth such statement is on its way; `first` is what must have been seen before they count. */
export function killOnce(proxy: Relay, point: Point, moment: Moment, nth: number, first?: Point): Strike {
  let kill: Signal = () => undefined;
  let hit = (): void => undefined;
  const strike = (): void =>
    proxy.rule({
      statement: point.statement,
      nth,
      moment,
      act(cut) {
        hit();
        kill('SIGKILL');
        cut();
      },
    });
  return {
    words: `SIGKILL at ${point.name} (${nth}), ${moment}`,
    start(signal, struck) {
      kill = signal;
      hit = struck;
      if (!first) return strike();
      proxy.rule({
        statement: first.statement,
        nth: 1,
        moment: 'before',
        act(_, pass) {
          strike();
          pass();
        },
      });
    },
    end: () => proxy.rule(null),
  };
}

/** In an undisturbed run; at least one. */
export function occurrences({ statement }: Point, statements: readonly string[]): number {
  return Math.max(1, statements.filter((text) => statement.test(text)).length);
}
