// The run's steps in the target that must be atomic or undone: lock, staging, publish, and back.

import { setTimeout as sleep } from 'node:timers/promises';
import { DroverError } from '../../../shared/errors.ts';
import type { Access } from '../../../shared/model/connection.ts';
import { isWritten } from '../merging-words.ts';
import type { Move, Publication, Publisher, PublishOptions, UnpublishOptions } from '../publishing.ts';
import type { RunIdentity } from '../session.ts';
import type { Told } from '../told.ts';
import { close, type Link, open } from './connection.ts';
import {
  createStaging,
  dropControlWhenAlone,
  inTransaction,
  readEpoch,
  readState,
  reclaim,
  requireEpoch,
  setState,
} from './control.ts';
import { liftOff, type Refusal } from './dependants/carry.ts';
import type { Going } from './dependants/hanging.ts';
import { strandedIn } from './dependants/outside-keys.ts';
import { type Doing, isLocked, telling } from './errors.ts';
import { dependantsByName } from './inspector/dependants.ts';
import { backupsOf, backupsOfOthers, backupTies, contentsOf, putAside, runsHere, storedIn, tablesOf } from './kept.ts';
import { forgetChunks, readLedger } from './ledger.ts';
import { endLeftovers, inUse, lockTarget } from './lock.ts';
import { addedSchema, asideSchema, backupSchema, ledgerTable, stagingSchema } from './namespace.ts';
import { changedSince, dropLateKeys, merged, mergeRows, strandedRows, takeRowsOut } from './publisher/merge.ts';
import {
  dropKeysToStanding,
  lockMoved,
  lockMovedBack,
  moveIn,
  moveOut,
  replacedOf,
  stillIn,
} from './publisher/move.ts';
import { countStaged } from './publisher/staged.ts';
import { sessionOn } from './session.ts';
import { literal, qualified, quote } from './syntax.ts';

const LOCK_TRIES = 60;
const LOCK_PATIENCE_MS = 60_000;
/** Tables dropped in one transaction: each holds several locks, and the server has few thousand in all. */
const DROPS_AT_ONCE = 200;

export async function openPublisher(access: Access, run: RunIdentity, told?: Told): Promise<Publisher> {
  const link = await open(access, 'target', run.id, told);
  const { client, connection } = link;
  const staging: Doing = { what: 'Preparing the staging schema failed', code: 'publish.failed', where: TARGET };
  const dropping: Doing = { what: 'Dropping the staging schema failed', code: 'compensate.failed', where: TARGET };
  return {
    session: sessionOn(link, false),
    lock: () => lockTarget(link),
    endLeftovers: () => telling(ASKING, () => endLeftovers(client, run)),
    createStaging: () => telling(staging, () => createStaging(client, run, connection.schema)),
    epoch: () => telling(ASKING, () => readEpoch(client, run)),
    forget: (table) => telling(staging, () => forget(client, run, table)),
    ledger: () => telling(ASKING, () => readLedger(client, run)),
    state: () => telling(ASKING, () => readState(client, run)),
    publish: (publication, options = {}) => publish(link, run, publication, options),
    unpublish: (publication, options = {}) => unpublish(link, run, publication, options),
    stranded: ({ moves, merges }) =>
      telling(LOOKING_OUTSIDE, async () => [
        ...(await strandedIn(client, connection.schema, stagingSchema(run), replacedOf(moves))),
        ...(await strandedRows(client, run, connection.schema, merges)),
      ]),
    unpublishSome: (moves) =>
      patiently(link, 'compensate.failed', 'Putting the old tables back failed', async () => {
        if ((await requireEpoch(client, run)) !== 'published') return;
        const standing = await stillIn(client, run, moves);
        if (standing.length === 0) return;
        await takeBack(standing);
        await dropKeysToStanding(client, run, connection.schema);
      }),
    backupTies: () => telling(ASKING, () => backupTies(client, run)),
    merged: () => telling(ASKING, () => merged(client, run)),
    changedSince: (merges) => telling(ASKING, () => changedSince(client, run, connection.schema, merges)),
    dropStaged: (tables) => telling(dropping, () => dropTables(client, stagingSchema(run), 'RESTRICT', tables)),
    dropStaging: () => telling(dropping, () => dropStaging(link, run)),
    contentsOf: (tables) => telling(ASKING, () => contentsOf(client, connection.schema, tables)),
    countStaged: (query) => countStaged(link, run, query),
    stagingName: `schema ${stagingSchema(run)}`,
    backupName: (table) => `${backupSchema(run)}.${table}`,
    writtenRows: (table, key) => isWritten(quote, table, qualified(addedSchema(run), table), key),
    addedName: (table) => `${addedSchema(run)}.${table}`,
    backups: () => telling(ASKING, () => backupsOf(client, run)),
    backupsOfOthers: () => telling(ASKING, () => backupsOfOthers(client, run, connection.schema)),
    stored: (place) => telling(ASKING, () => storedIn(client, schemaOf[place](run))),
    runsHere: () => telling(ASKING, () => runsHere(client, connection.schema)),
    inUse: () => telling(ASKING, () => inUse(client, run)),
    dropBackups: () => telling(DROPPING_BACKUPS, () => dropBackups(link, run)),
    reclaim: () => telling(UNDOING, () => reclaim(client, run, connection.schema)),
    tablesIn: (place) => telling(ASKING, () => tablesOf(client, schemaOf[place](run))),
    putAside: () => telling(UNDOING, () => putAside(client, run)),
    asideName: (table) => `${asideSchema(run)}.${table}`,
    close: () => close(client),
  };

  async function publish(
    target: Link,
    identity: RunIdentity,
    publication: Publication,
    options: PublishOptions,
  ): Promise<void> {
    await patiently(
      target,
      'publish.failed',
      'Publishing failed; the target is as it was',
      async () => {
        if ((await requireEpoch(client, identity)) === 'published') return;
        await lockMoved(client, identity, connection.schema, publication.moves);
        // Nobody can make anything on these tables any more, and what was being made is there.
        await options.look?.(await dependantsByName(client, connection.schema));
        const putOn = await liftOff(client, going(publication.moves, stagingSchema(run)), PUBLISHED);
        await moveIn(client, identity, connection.schema, publication.moves);
        await mergeRows(target, identity, publication, options);
        // Rows that went into other tables may be those that a key waits for.
        await putOn();
        await setState(client, identity, 'published');
      },
      options.signal,
    );
  }

  async function unpublish(
    target: Link,
    identity: RunIdentity,
    publication: Publication,
    { keepNewer = false }: UnpublishOptions,
  ): Promise<void> {
    const asked = await telling(ASKING, () => readState(client, identity));
    if (asked !== 'published') return;
    await patiently(target, 'compensate.failed', 'Putting the old tables back failed', async () => {
      if ((await requireEpoch(client, identity)) !== 'published') return;
      await dropLateKeys(client, connection.schema, publication);
      await takeBack(publication.moves, () => takeRowsOut(link, identity, publication.merges, keepNewer));
      await setState(client, identity, 'staged');
    });
  }

  async function takeBack(moves: readonly Move[], then = async () => {}): Promise<void> {
    await lockMovedBack(client, run, connection.schema, moves);
    const putOn = await liftOff(client, going(moves, backupSchema(run)), TAKEN_BACK);
    await moveOut(client, run, connection.schema, moves);
    await then();
    await putOn();
  }

  function going(moves: readonly Move[], from: string): Going {
    const tables = replacedOf(moves);
    const leaving = moves.flatMap(({ table, replaces }) => (replaces ? [] : [table]));
    return { schema: connection.schema, tables, leaving, from, version: link.server.versionNumber };
  }
}

const TARGET = { side: 'target' } as const;

const schemaOf = { staging: stagingSchema, backup: backupSchema, added: addedSchema, aside: asideSchema };

const ASKING: Doing = {
  what: 'Asking the target for the state of the run failed',
  code: 'connect.lost',
  where: TARGET,
};

const LOOKING_OUTSIDE: Doing = {
  what: 'Comparing the new tables with foreign keys of other tables failed',
  code: 'publish.dependant',
  hint: 'Drop the foreign key that the cause speaks of, and make it again after the run.',
  where: TARGET,
};

const PUBLISHED: Refusal = {
  code: 'publish.dependant',
  hint: 'Drop it, or change it so that it fits the new table, and run again; the target is as it was.',
};

const TAKEN_BACK: Refusal = {
  code: 'run.depended-on',
  hint: 'Drop it, or change it so that it fits the earlier table, and roll back again; nothing was changed.',
};

const UNDOING: Doing = { what: 'Rolling back failed', code: 'compensate.failed', where: TARGET };

const DROPPING_BACKUPS: Doing = {
  what: 'Dropping the backups failed',
  code: 'compensate.failed',
  hint: 'If a view or foreign key still stands on a kept table, drop or rebuild it first.',
  where: TARGET,
};

/** One transaction that asks for its locks briefly, and again after a pause while others hold them. */
async function patiently(
  link: Link,
  code: 'publish.failed' | 'compensate.failed',
  what: string,
  work: () => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const { client } = link;
  const deadline = Date.now() + LOCK_PATIENCE_MS;
  for (let tries = 1; ; tries++) {
    signal?.throwIfAborted();
    try {
      await inTransaction(client, async () => {
        await client.query("SET LOCAL lock_timeout = '3s'");
        await work();
      });
      return;
    } catch (error) {
      if (!isLocked(error)) await telling({ what, code, where: TARGET }, () => Promise.reject(error));
      if (tries >= LOCK_TRIES || Date.now() > deadline) throw await lockTimeout(link);
    }
    // A publisher in the queue keeps readers waiting: leave them room, and not in step with others.
    await sleep(200 + Math.random() * 300 * Math.min(tries, 6));
  }
}

async function lockTimeout({ client, connection: { schema } }: Link): Promise<DroverError> {
  const { rows } = await client
    .query<{ holder: string }>(
      `SELECT DISTINCT format('process %s (%s, %s) uses %s', a.pid, a.usename, coalesce(nullif(a.application_name, ''), 'unnamed'),
         c.relname) AS holder
       FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_stat_activity a ON a.pid = l.pid
       WHERE c.relnamespace = ${literal(quote(schema))}::regnamespace AND l.granted AND a.pid <> pg_backend_pid()
       ORDER BY 1 LIMIT 5`,
    )
    .catch(() => ({ rows: [] }));
  return new DroverError('publish.lock-timeout', 'The tables to replace stayed in use by others.', {
    cause: rows.map(({ holder }) => holder).join('; ') || null,
    hint: 'Let those transactions end, or run when the target is quiet; nothing was changed.',
    where: TARGET,
  });
}

async function dropStaging({ client }: Link, run: RunIdentity): Promise<void> {
  const schema = stagingSchema(run);
  await dropTables(client, schema, 'CASCADE');
  await inTransaction(client, async () => {
    await client.query(`DROP SCHEMA IF EXISTS ${quote(schema)} CASCADE`);
    await client.query(`DROP TABLE IF EXISTS ${ledgerTable(run)}`);
    await dropControlWhenAlone(client, run);
  });
}

/** Keys of other staged tables that lead to it go along; they are made anew with the others. */
async function forget(client: Link['client'], run: RunIdentity, table: string): Promise<void> {
  await inTransaction(client, async () => {
    await client.query(`DROP TABLE IF EXISTS ${qualified(stagingSchema(run), table)} CASCADE`);
    await forgetChunks(client, run, table);
  });
}

/** Without CASCADE: a view of the user's that still stands on a kept table must not go with it. */
async function dropBackups({ client }: Link, run: RunIdentity): Promise<void> {
  const schemas = [backupSchema(run), addedSchema(run)];
  for (const schema of schemas) await dropTables(client, schema, 'RESTRICT');
  await inTransaction(client, async () => {
    for (const schema of schemas) await client.query(`DROP SCHEMA IF EXISTS ${quote(schema)}`);
    await dropControlWhenAlone(client, run);
  });
}

/** In portions, for what was made in portions and may be dropped so. Foreign keys among the tables go first. */
async function dropTables(
  client: Link['client'],
  schema: string,
  behaviour: 'CASCADE' | 'RESTRICT',
  only: readonly string[] | null = null,
): Promise<void> {
  const wanted = (table: string): boolean => only === null || only.includes(table);
  const inside = `SELECT oid FROM pg_class WHERE relnamespace = to_regnamespace(${literal(quote(schema))})`;
  const keys = await client.query<{ name: string; table: string }>(
    `SELECT k.conname AS name, c.relname AS "table" FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
     WHERE k.contype = 'f' AND k.conparentid = 0 AND k.conrelid IN (${inside}) AND k.confrelid IN (${inside})`,
  );
  const tables = (await tablesOf(client, schema)).filter(wanted);
  const statements = [
    ...keys.rows
      .filter(({ table }) => wanted(table))
      .map(({ name, table }) => `ALTER TABLE ${qualified(schema, table)} DROP CONSTRAINT IF EXISTS ${quote(name)}`),
    ...tables.map((name) => `DROP TABLE IF EXISTS ${qualified(schema, name)} ${behaviour}`),
  ];
  for (let start = 0; start < statements.length; start += DROPS_AT_ONCE) {
    // Several statements in one message are one transaction.
    await client.query(statements.slice(start, start + DROPS_AT_ONCE).join(';\n'));
  }
}
