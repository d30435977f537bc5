// All micro-benchmarks, in the order in which a value travels: out of a source, through its steps, into a digest and a target.

import type { MicroCase } from './case.ts';
import { decoders } from './decoders.ts';
import { digests } from './digests.ts';
import { encoders } from './encoders.ts';
import { steps } from './steps.ts';

export const cases: readonly MicroCase[] = [...decoders, ...steps, ...digests, ...encoders];
