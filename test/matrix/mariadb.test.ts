// The type-pair matrix from mariadb.

import { matrix } from './matrix.ts';

matrix('mariadb', ['postgres', 'mariadb', 'sqlite']);
