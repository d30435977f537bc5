// The dialects for tests of pure stages: no test that uses these opens a connection.

export { mysql } from '../../src/engine/dialects/mysql/index.ts';
export { postgres } from '../../src/engine/dialects/postgres/index.ts';
export { sqlite } from '../../src/engine/dialects/sqlite/index.ts';
