// The conformance suite on sqlite.

import { conformance } from './suite.ts';

await conformance('sqlite');
