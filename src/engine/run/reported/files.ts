// The parts of a run's report as files beside the whole: who looks at ten of ten thousand tables reads no more than those.

import { mkdir, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { finding } from '../../../shared/model/finding.ts';
import { type Report, tableReport } from '../../../shared/model/report.ts';
import { reportOverview, tableChange, tableLine, tablesPage } from '../../../shared/model/report-page.ts';
import { replaceFile } from '../../support/replace-file.ts';
import { REPORT, readReport } from '../records.ts';
import { partsOf } from './parts.ts';
import { firstOf, noSuchTable, type Reported } from './reported.ts';

export const partsFolder = (folder: string): string => join(folder, 'report');
const OVERVIEW = 'overview.json';
const LISTS = 'lists.json';
const FIRST = 'first.json';
const TABLES = 'tables.ndjson';

const lists = z.object({
  lines: z.array(tableLine),
  findings: z.array(finding),
  changes: z.array(tableChange),
  /** Where each table begins in the file of tables, in bytes, and where the last one ends. */
  places: z.array(z.number()),
});

/** The overview comes last: while it is older than the report, the parts are those of another one. */
export async function writeParts(folder: string, report: Report): Promise<void> {
  const { overview, ...rest } = partsOf(report);
  const tables = report.tables.map((table) => Buffer.from(`${JSON.stringify(table)}\n`));
  const places = [0];
  for (const { length } of tables) places.push(places.at(-1)! + length);
  await mkdir(partsFolder(folder), { recursive: true });
  await replaceFile(join(partsFolder(folder), TABLES), tables);
  await replaceFile(join(partsFolder(folder), LISTS), JSON.stringify({ ...rest, places }));
  await replaceFile(join(partsFolder(folder), FIRST), JSON.stringify(firstOf(rest.lines)));
  await replaceFile(join(partsFolder(folder), OVERVIEW), JSON.stringify(overview));
}

/** Makes the parts where there are none of this report yet. Throws `run.no-such-run`. */
export async function openParts(folder: string, run: string): Promise<Reported> {
  const path = (file: string): string => join(partsFolder(folder), file);
  const whole = await writtenAt(join(folder, REPORT));
  const made = await Promise.all([FIRST, OVERVIEW].map((file) => writtenAt(path(file))));
  // Parts of an older Drover's have no first page.
  if (whole === 0 || made.some((at) => at === 0 || at < whole)) await writeParts(folder, await readReport(folder, run));
  const [overview, first] = await Promise.all([
    readFile(path(OVERVIEW), 'utf8').then((text) => reportOverview.parse(JSON.parse(text))),
    readFile(path(FIRST), 'utf8').then((text) => tablesPage.parse(JSON.parse(text))),
  ]);
  let read: Promise<z.infer<typeof lists>> | null = null;
  const all = (): Promise<z.infer<typeof lists>> => {
    read ??= readFile(path(LISTS), 'utf8').then((text) => lists.parse(JSON.parse(text)));
    return read;
  };
  return {
    overview,
    first,
    lists: all,
    whole: () => readReport(folder, run),
    async table(target) {
      const { lines, places } = await all();
      const at = lines.findIndex((line) => line.target === target);
      if (at < 0) throw noSuchTable(run, target);
      const text = await readStretch(path(TABLES), places[at]!, places[at + 1]!);
      return tableReport.parse(JSON.parse(text));
    },
  };
}

/** In milliseconds since 1970; 0 where there is no such file. */
function writtenAt(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}

async function readStretch(path: string, from: number, to: number): Promise<string> {
  const file = await open(path);
  try {
    const bytes = Buffer.allocUnsafe(to - from);
    await file.read(bytes, 0, bytes.length, from);
    return bytes.toString('utf8');
  } finally {
    await file.close();
  }
}
