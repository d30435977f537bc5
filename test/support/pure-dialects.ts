// The dialects for tests of pure stages: no test that uses these opens a connection.

import { dialects } from '../../src/engine/dialects/index.ts';

export const { postgres, mysql, sqlite } = dialects;
