// All classes of faults, in the order in which the suite goes through them.

import { changed } from './changed.ts';
import type { FaultClass } from './class.ts';
import { answers, cuts } from './cuts.ts';
import { deadlock } from './deadlock.ts';
import { full } from './full.ts';
import { holder } from './holder.ts';
import { kill } from './kill.ts';
import { points, sourcePoints, targetPoints } from './points.ts';
import { recovery } from './recovery.ts';
import { refill } from './refill.ts';
import { revoke } from './revoke.ts';
import { tampered } from './tampered.ts';
import { ledger, wire } from './wire.ts';
import { zombie } from './zombie.ts';

export const classes: readonly FaultClass[] = [
  ...[points, sourcePoints, targetPoints, wire, ledger, kill, recovery],
  ...[answers, cuts, zombie, holder, deadlock, refill, full, revoke, changed, tampered],
];
