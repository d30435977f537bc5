// The MySQL dialect: MySQL 8.0 and later, MariaDB 10.6 and later.

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
import { url } from './url.ts';
import { openWriter } from './writer.ts';

export const mysql: Dialect = {
  family: 'mysql',
  url,
  types,
  ddl,
  syntax,
  relation,
  words: wordsOf,
  blocksThread: false,
  capabilities,
  connect,
  openProfiler,
  holdSnapshot,
  openReader,
  openWriter,
  openPublisher,
};
