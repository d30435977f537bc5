// The SQLite dialect: each part stands in the file of its name.

import type { Dialect } from '../dialect.ts';
import { capabilities } from './capabilities.ts';
import { openProfiler } from './column-profiler.ts';
import { wordsOf } from './column-words.ts';
import { ddl } from './ddl.ts';
import { openPublisher } from './publisher.ts';
import { openReader } from './reader.ts';
import { connect } from './session.ts';
import { holdSnapshot } from './snapshot.ts';
import { relation, syntax } from './syntax.ts';
import { types } from './types.ts';
import { fileOf, url } from './url.ts';
import { openWriter } from './writer.ts';

export const sqlite: Dialect = {
  family: 'sqlite',
  url,
  types,
  ddl,
  syntax,
  relation,
  words: wordsOf,
  blocksThread: true,
  capabilities,
  connect: async ({ connection }, options) => connect(fileOf(connection), options),
  openProfiler: async ({ connection }, table, options) => openProfiler(fileOf(connection), table, options),
  holdSnapshot: async ({ connection }, _tables, options) => holdSnapshot(fileOf(connection), options),
  openReader: async ({ connection }, token, side) => openReader(fileOf(connection), token, side),
  openWriter: async ({ connection }, run) => openWriter(fileOf(connection), run),
  openPublisher: async ({ connection }, run, told) => openPublisher(fileOf(connection), run, told),
};
