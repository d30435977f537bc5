// The parts of a run's report as files beside the whole: who looks at ten of ten thousand tables reads no more than those.

import { mkdir, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { finding } from '../../../shared/model/finding.ts';
import { type Report, tableReport } from '../../../shared/model/report.ts';
import { reportOverview, tableChange, tableLine } from '../../../shared/model/report-page.ts';
import { replaceFile } from '../../support/replace-file.ts';
import { REPORT, readReport } from '../records.ts';
import { partsOf } from './parts.ts';
import { noSuchTable, type Reported } from './reported.ts';

const FOLDER = 'report';
const OVERVIEW = 'overview.json';
const LISTS = 'lists.json';
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
  await mkdir(join(folder, FOLDER), { recursive: true });
  await replaceFile(join(folder, FOLDER, TABLES), tables);
  await replaceFile(join(folder, FOLDER, LISTS), JSON.stringify({ ...rest, places }));
  await replaceFile(join(folder, FOLDER, OVERVIEW), JSON.stringify(overview));
}

/** Makes the parts where there are none of this report yet. Throws `run.no-such-run`. */
export async function openParts(folder: string, run: string): Promise<Reported> {
  const path = (file: string): string => join(folder, FOLDER, file);
  const made = await stat(path(OVERVIEW)).catch(() => null);
  const whole = await stat(join(folder, REPORT)).catch(() => null);
  if (!made || !whole || made.mtimeMs < whole.mtimeMs) await writeParts(folder, await readReport(folder, run));
  const overview = reportOverview.parse(JSON.parse(await readFile(path(OVERVIEW), 'utf8')));
  let read: Promise<z.infer<typeof lists>> | null = null;
  const all = (): Promise<z.infer<typeof lists>> => {
    read ??= readFile(path(LISTS), 'utf8').then((text) => lists.parse(JSON.parse(text)));
    return read;
  };
  return {
    overview,
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
