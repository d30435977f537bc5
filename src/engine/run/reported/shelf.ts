// The reports that were asked for last, so that of each the lists are read once and not for every page.

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { REPORT } from '../records.ts';
import { openParts } from './files.ts';
import type { Reported } from './reported.ts';

/** Where the records of a run lie. */
export interface Place {
  readonly run: string;
  readonly folder: string;
}

export type ReportShelf = (run: string) => Promise<Reported>;

const KEPT = 4;

/** One that was restated since is read anew. */
export function createReportShelf(find: (run: string) => Promise<Place>): ReportShelf {
  const known = new Map<string, { place: Place; written: number; reported: Promise<Reported> }>();
  return async (run) => {
    // Only whole names are remembered: `last` may be another by now.
    const before = known.get(run);
    const place = before?.place ?? (await find(run));
    const written = await stat(join(place.folder, REPORT)).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    );
    // Another may have asked for the same meanwhile.
    const now = known.get(place.run);
    if (now?.written === written) return now.reported;
    const reported = openParts(place.folder, place.run);
    known.delete(place.run);
    known.set(place.run, { place, written, reported });
    reported.catch(() => known.delete(place.run));
    if (known.size > KEPT) known.delete(known.keys().next().value!);
    return reported;
  };
}
