// A run that never was, in the engine's own writing: to carry out one of 10,000 tables would take longer than everything else here.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { render } from '../../src/engine/report/render.ts';
import { writeReport } from '../../src/engine/run/artifacts.ts';
import { readReport } from '../../src/engine/run/records.ts';
import { withStore } from '../../src/engine/run/store/store.ts';
import { newRunId } from '../../src/engine/support/ids.ts';
import { thisProcess } from '../../src/engine/support/process.ts';

export interface Invented {
  /** Of which migration it shall be. */
  readonly project: string;
  readonly source: string;
  readonly target: string;
  readonly tables: readonly string[];
}

/** Like the last run of this folder, which had one table: its report tells of each of these what that one's tells of its own. */
export async function inventRun(home: string, { project, source, target, tables }: Invented): Promise<void> {
  await withStore(home, async (store) => {
    const last = await store.find('last');
    const told = await readReport(last.folder, last.run);
    const run = newRunId();
    const folder = join(home, 'runs', run);
    mkdirSync(folder);
    const startedAt = new Date().toISOString();
    const { projectFile, options } = last;
    await store.createRun({
      run,
      project,
      source,
      target,
      startedAt,
      projectFile,
      options,
      process: thisProcess(),
    });
    const all = tables.map((name) => ({ ...told.tables[0]!, source: name, target: name }));
    await writeReport(folder, { ...told, run, project, tables: all }, render);
    await store.finish(run, 'published', 0);
  });
}
