// The local store's structure, as numbered migrations that each run once.

import type { Knex } from 'knex';

/** In order; never edited once released, only added to. */
const migrations: readonly ((database: Knex) => Promise<void>)[] = [
  async (database) => {
    await database.schema.createTable('runs', (table) => {
      table.text('run').primary();
      table.text('project').notNullable();
      table.text('source').notNullable();
      table.text('target').notNullable();
      table.text('state').notNullable();
      table.text('step');
      table.text('started_at').notNullable();
      table.text('finished_at');
      table.bigInteger('rows').notNullable().defaultTo(0);
      table.text('folder').notNullable();
      table.text('project_file').notNullable();
    });
    await database.schema.createTable('journal', (table) => {
      table.increments('id');
      table.text('run').notNullable().references('run').inTable('runs');
      table.text('step').notNullable();
      table.text('state').notNullable();
      table.text('detail');
      table.text('at').notNullable();
    });
  },
  async (database) => {
    // Runs from before know of no process.
    await database.schema.alterTable('runs', (table) => {
      table.integer('pid');
      table.text('pid_began');
      table.text('host');
    });
  },
  async (database) => {
    await database.schema.alterTable('runs', (table) => {
      table.text('options');
    });
  },
  async (database) => {
    await database.schema.alterTable('runs', (table) => {
      table.text('taken_back');
    });
  },
  // Where a run's folder is follows from where the history is: both may be moved together.
  (database) => database.raw('ALTER TABLE runs DROP COLUMN folder'),
];

/** Brings the store up to date; `user_version` counts the migrations that have run. */
export async function migrate(database: Knex): Promise<void> {
  const answer = (await database.raw('PRAGMA user_version')) as { user_version: number }[];
  const done = answer[0]?.user_version ?? 0;
  for (let number = done; number < migrations.length; number++) {
    await database.transaction(async (transaction) => {
      await migrations[number]!(transaction);
      await transaction.raw(`PRAGMA user_version = ${number + 1}`);
    });
  }
}
