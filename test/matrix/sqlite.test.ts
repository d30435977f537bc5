// The type-pair matrix from sqlite.

import { matrix } from './matrix.ts';

matrix('sqlite', ['postgres', 'mariadb', 'sqlite']);
