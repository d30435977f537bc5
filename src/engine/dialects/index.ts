// The dialects that Drover speaks; adding one is a folder and a line here.

import type { Family } from '../../shared/model/connection.ts';
import type { Dialect } from './dialect.ts';
import { mysql } from './mysql/index.ts';
import { postgres } from './postgres/index.ts';
import { sqlite } from './sqlite/index.ts';

export const dialects: Readonly<Record<Family, Dialect>> = { postgres, mysql, sqlite };
