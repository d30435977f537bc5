// Opening what lies here: a project, or the sample, which is made, connected and mapped in one go.

import { createStore } from 'zustand/vanilla';
import type { DroverErrorData } from '../../../shared/errors.ts';
import { engine } from '../../client/engine.ts';
import { failureOf } from '../../client/failure.ts';
import { deskStore, readDesk } from '../../client/stores/desk.ts';
import { go } from '../../client/stores/navigation.ts';
import { change, mapAutomatically, openProject, startAnew } from '../../client/stores/project.ts';
import { resetSides, sides, testSide } from '../../client/stores/sides.ts';
import { readLoadFile } from './load-file.ts';

export interface Opening {
  /** What is being done, as a sentence; null when nothing is. */
  readonly doing: string | null;
  readonly error: DroverErrorData | null;
}

export const opening = createStore<Opening>(() => ({ doing: null, error: null }));

export async function begin(): Promise<void> {
  if (await startAnew()) go({ at: 'connect' });
}

/** From wherever; what goes wrong is told on Home. */
export async function open(path: string): Promise<void> {
  await doing(async (say) => {
    if (/\.load$/i.test(path)) {
      say('Reading the load file…');
      return readLoadFile(path);
    }
    say('Opening the project…');
    if (!(await openProject(path))) return;
    void testBoth();
    go({ at: 'map' });
  });
  if (opening.getState().error) go({ at: 'home' });
  await readDesk();
}

export async function openSample(): Promise<void> {
  await doing(async (say) => {
    say('Making the sample, a shop with some 600,000 rows in an SQLite file…');
    const sample = await engine.call('sample.make', {});
    const before = deskStore
      .getState()
      .desk?.recent.find(
        ({ exists, source, target }) => exists && source === sample.source && target === sample.target,
      );
    if (!(await (before ? openProject(before.path) : startAnew()))) return;
    resetSides({ source: sample.source, target: sample.target });
    say('Connecting to both sides…');
    if (!(await testBoth())) return go({ at: 'connect' });
    if (!before) {
      say('Mapping every table and column…');
      await mapAutomatically({ name: sample.name });
      change('Reshape the legacy shop into a new one', (mapped) => ({ ...mapped, ...sample.reshape }));
    }
    go({ at: 'map' });
  });
}

async function testBoth(): Promise<boolean> {
  await Promise.all([testSide('source'), testSide('target')]);
  const { source, target } = sides.getState();
  return source.tested.state === 'ok' && target.tested.state === 'ok';
}

/** One thing at a time; what went wrong stays until the next is tried. */
async function doing(work: (say: (what: string) => void) => Promise<void>): Promise<void> {
  if (opening.getState().doing !== null) return;
  opening.setState({ error: null });
  try {
    await work((what) => opening.setState({ doing: what }));
  } catch (thrown) {
    opening.setState({ error: failureOf(thrown) });
  } finally {
    opening.setState({ doing: null });
  }
}
