// Killed before all is verified, and before it goes on the source is no longer what was read.

import type { StepName } from '../../../src/shared/model/run.ts';
import { concluded, type Result, watched } from '../cycle.ts';
import { type Drover, NOTHING, type Stage, type Strike } from '../drover.ts';
import { MARKS, rowsOf, THINGS } from '../fixture.ts';
import type { Name } from '../servers.ts';
import { everywhere, type FaultClass } from './class.ts';

interface Change {
  readonly words: string;
  readonly make: string | ((family: Name) => string);
  readonly undo: string | ((family: Name) => string);
  /** Drover may not go on with another structure. */
  readonly refused?: boolean;
  /** What the new tables show then, as WORLD asks it. */
  readonly shows?: string;
}

const CHANGES: readonly Change[] = [
  {
    words: 'a row more',
    make: "INSERT INTO things (id, name) VALUES (-5, 'late')",
    undo: 'DELETE FROM things WHERE id = -5',
    shows: `${THINGS} ${MARKS} ${THINGS + 1} ${MARKS}`,
  },
  {
    words: 'another value',
    make: "UPDATE marks SET label = 'changed' WHERE id = 3",
    undo: "UPDATE marks SET label = 'm3' WHERE id = 3",
  },
  {
    words: 'a row less',
    make: 'DELETE FROM marks WHERE id = 5',
    undo: "INSERT INTO marks VALUES (5, 5, 'm5')",
    shows: `${THINGS} ${MARKS} ${THINGS} ${MARKS - 1}`,
  },
  {
    words: 'two keys exchanged',
    make: "UPDATE marks SET label = CASE id WHEN 7 THEN 't8' ELSE 't7' END WHERE id IN (7, 8)",
    undo: "UPDATE marks SET label = CASE id WHEN 7 THEN 'm7' ELSE 'm8' END WHERE id IN (7, 8)",
  },
  {
    words: 'an equal row less',
    make: 'CREATE TABLE spare AS SELECT * FROM bare; DELETE FROM bare WHERE a = 3',
    undo: 'INSERT INTO bare SELECT * FROM spare WHERE a = 3; DROP TABLE spare',
    refused: true,
  },
  {
    words: 'TRUNCATE',
    make: (family) => `${EMPTYING[family]} marks; ${EMPTYING[family]} bare`,
    undo: (family) => `${rowsOf.marks(family)}; ${rowsOf.bare(family)}`,
    shows: `${THINGS}  ${THINGS} 0`,
  },
  {
    words: 'a column more',
    make: 'ALTER TABLE marks ADD COLUMN late integer',
    undo: 'ALTER TABLE marks DROP COLUMN late',
    refused: true,
  },
  {
    words: 'a column by another name',
    make: 'ALTER TABLE bare RENAME COLUMN b TO c',
    undo: 'ALTER TABLE bare RENAME COLUMN c TO b',
    refused: true,
  },
];

/** SQLite takes a DELETE of everything for one. */
const EMPTYING: Readonly<Record<Name, string>> = {
  postgres: 'TRUNCATE',
  mariadb: 'TRUNCATE',
  sqlite: 'DELETE FROM',
};

/** What was verified is published as it was then. */
const BEFORE_VERIFIED: readonly StepName[] = ['load', 'index', 'verify'];

export const changed: FaultClass = {
  name: 'changed',
  fits: everywhere,
  variants: () => CHANGES.length,
  cycle(stage, _, turn) {
    const change = CHANGES[turn % CHANGES.length]!;
    return watched(stage, (drover) => changedBetween(stage, drover, change), change.shows ? [change.shows] : []);
  },
};

async function changedBetween(
  stage: Stage,
  drover: Drover,
  change: Change,
): Promise<Pick<Result, 'words' | 'violations'>> {
  const { source } = stage.subject;
  const strike = killWhile(stage.random.pick(BEFORE_VERIFIED));
  const first = await drover.migrate(strike);
  const [run] = drover.runs();
  await source.use((client) => client.run(wordsFor(source.server, change.make)));
  try {
    if (run === undefined || first.status !== null) {
      const { words, violations } = await concluded(stage, drover, run, [first]);
      return { words: [strike.words, ...words].join(', '), violations };
    }
    const resumed = await drover.recover('resume', run, NOTHING);
    const words = [strike.words, change.words, 'resume'];
    if (!change.refused || resumed.status === 0 || resumed.error?.code !== 'run.source-changed') {
      const rest = await concluded(stage, drover, run, [resumed]);
      return { words: [...words, ...rest.words].join(', '), violations: rest.violations };
    }
    const back = await drover.recover('rollback', run, NOTHING);
    const violations = back.status === 0 ? [] : [`it can't go back: ${back.error?.message}`];
    return { words: [...words, 'refused, rollback'].join(', '), violations };
  } finally {
    await source.use((client) => client.run(wordsFor(source.server, change.undo)));
  }
}

function wordsFor(family: Name, script: Change['make']): string {
  return typeof script === 'string' ? script : script(family);
}

function killWhile(step: StepName): Strike {
  return {
    words: `SIGKILL as ${step} begins`,
    record(record, signal, hit) {
      if (record.kind !== 'step' || record.step !== step || record.state !== 'running') return;
      hit();
      signal('SIGKILL');
    },
  };
}
