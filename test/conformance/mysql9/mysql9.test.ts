// The conformance suite on a real MySQL 9.

import { conformance } from '../suite.ts';

await conformance('mysql9');
