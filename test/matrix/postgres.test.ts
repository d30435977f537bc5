// The type-pair matrix from postgres.

import { matrix } from './matrix.ts';

matrix('postgres', ['postgres', 'mariadb', 'sqlite']);
