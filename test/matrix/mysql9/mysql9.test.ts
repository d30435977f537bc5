// The type-pair matrix from and to a real MySQL 9.

import { matrix } from '../matrix.ts';

matrix('mysql9', ['mysql9', 'postgres', 'sqlite']);
matrix('postgres', ['mysql9']);
