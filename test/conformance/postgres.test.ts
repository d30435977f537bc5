// The conformance suite on postgres.

import { conformance } from './suite.ts';

await conformance('postgres');
