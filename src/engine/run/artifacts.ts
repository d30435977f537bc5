// The artifacts of a run: the files in its folder that outlive it.

import { appendFile, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '../../shared/model/mapping.ts';
import type { Plan } from '../../shared/model/plan.ts';
import type { RefusedRow } from '../../shared/model/quarantine.ts';
import type { Report } from '../../shared/model/report.ts';
import { type Checkpoint, checkpoint as checkpointSchema, type RunState } from '../../shared/model/run.ts';
import { latestOnly } from '../support/latest.ts';
import { replaceFile, sweepDrafts } from '../support/replace-file.ts';
import type { Audit } from './audit.ts';
import { PLAN } from './records.ts';
import { partsFolder, writeParts } from './reported/files.ts';

export const QUARANTINE = 'quarantine';
export const LOOKUPS = 'lookups';
/** Private copies of an SQLite source, which a killed process leaves behind. */
const COPY = /^source-[0-9a-f]+\.sqlite(?:-\w+)?$/;

export type RenderReport = (report: Report, format: 'md' | 'html' | 'json') => { readonly text: string };

export interface Artifacts {
  readonly folder: string;
  readonly audit: Audit;
  /** On disk when the promise resolves, this one or one that came later: many tables may be done at about one time. */
  checkpoint(tell: () => Checkpoint): Promise<void>;
  /** One line in the table's own log. */
  table(table: string, entry: Readonly<Record<string, unknown>>): Promise<void>;
  /** Rows that did not move, each with its reason. */
  quarantine(table: string, source: string, chunk: number, rows: readonly RefusedRow[]): Promise<void>;
  /** Its rows are told once more: when a run is taken up again. */
  forgetQuarantine(): Promise<void>;
  report(report: Report): Promise<void>;
}

/** Makes the folder and writes what is known before the start: plan and mapping. On disk when the promise resolves. */
export async function writeIntent(folder: string, project: Project, plan: Plan): Promise<void> {
  // A snapshot of the source and its differences may lie here: for nobody else's eyes.
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await mkdir(join(folder, 'tables'), { recursive: true });
  await replaceFile(join(folder, PLAN), pretty(plan));
  await replaceFile(join(folder, 'schema_mapping.json'), pretty(project));
}

/** `owned` throws once the run is another process's: what is told again by that one must not be told twice. */
export function openArtifacts(
  folder: string,
  render: RenderReport,
  audit: Audit,
  owned: () => Promise<void>,
): Artifacts {
  let keepingAside: Promise<void> = Promise.resolve();

  return {
    folder,
    audit,
    checkpoint: latestOnly((tell) => replaceFile(join(folder, 'checkpoint.json'), pretty(tell()))),
    async table(table, entry) {
      await appendFile(
        join(folder, 'tables', `${fileName(table)}.ndjson`),
        line({ at: new Date().toISOString(), ...entry }),
      );
    },
    quarantine(table, source, chunk, rows) {
      // Chunks complete side by side, and what is long is written in pieces: two at once would tear each other's lines.
      const write = async (): Promise<void> => {
        await owned();
        await mkdir(join(folder, QUARANTINE), { recursive: true });
        const lines = rows.map((row) => line({ table, source, chunk, ...row }));
        await appendFile(join(folder, QUARANTINE, `${fileName(table)}.ndjson`), lines.join(''), { flush: true });
      };
      keepingAside = keepingAside.then(write, write);
      return keepingAside;
    },
    forgetQuarantine: () => rm(join(folder, QUARANTINE), { recursive: true, force: true }),
    report: (report) => writeReport(folder, report, render),
  };
}

export async function writeReport(folder: string, report: Report, render: RenderReport): Promise<void> {
  for (const format of ['md', 'html', 'json'] as const) {
    await replaceFile(join(folder, `verification_report.${format}`), render(report, format).text);
  }
  await writeParts(folder, report);
}

/** What only a run under way needs: keys of the target that lookups hold, copies of the source, and drafts of files. */
export async function sweep(folder: string): Promise<void> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name === LOOKUPS || COPY.test(name));
  for (const name of names) await rm(join(folder, name), { recursive: true, force: true });
  for (const each of [folder, partsFolder(folder)]) await sweepDrafts(each);
}

/** The checkpoint of a run that was over, after something became of it. */
export async function restateCheckpoint(folder: string, status: RunState): Promise<void> {
  const path = join(folder, 'checkpoint.json');
  const last = checkpointSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  await replaceFile(path, pretty({ ...last, status, rollback_point: null, last_checkpoint: new Date().toISOString() }));
}

function fileName(table: string): string {
  return table.replace(/[^\p{L}\p{N}_.-]/gu, '_').slice(0, 100);
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
