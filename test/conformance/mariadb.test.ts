// The conformance suite on mariadb.

import { conformance } from './suite.ts';

await conformance('mariadb');
