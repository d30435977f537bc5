// A load file of pgloader's on its way to a project: read, looked at, imported.

import { createStore } from 'zustand/vanilla';
import type { CallOutput } from '../../../shared/contract.ts';
import type { DroverErrorData } from '../../../shared/errors.ts';
import type { LoadNote } from '../../../shared/model/loadfile.ts';
import { engine } from '../../client/engine.ts';
import { failureOf } from '../../client/failure.ts';
import { go } from '../../client/stores/navigation.ts';
import { adopt, startAnew } from '../../client/stores/project.ts';
import { endpointOf, resetSides, testSide } from '../../client/stores/sides.ts';

export interface Loading {
  readonly file: CallOutput<'load.open'> | null;
  /** Which of its commands. */
  readonly command: number;
  readonly busy: boolean;
  readonly error: DroverErrorData | null;
  /** What was taken, once it is imported. */
  readonly done: readonly LoadNote[] | null;
}

const none: Loading = { file: null, command: 0, busy: false, error: null, done: null };

export const loading = createStore<Loading>(() => none);

/** Throws DroverError. */
export async function readLoadFile(path: string): Promise<void> {
  loading.setState({ ...none, file: await engine.call('load.open', { path }) });
}

export function chooseCommand(command: number): void {
  loading.setState({ command, error: null });
}

export function closeLoadFile(): void {
  loading.setState(none);
}

export async function importCommand(): Promise<void> {
  const { file, command: at } = loading.getState();
  const command = file?.commands[at];
  if (!file || !command) return;
  loading.setState({ busy: true, error: null });
  try {
    if (!(await startAnew())) {
      loading.setState({ busy: false });
      return;
    }
    resetSides({ source: command.source ?? '', target: command.target ?? '' });
    const input = { source: endpointOf('source'), target: endpointOf('target') };
    const { project, notes } = await engine.call('map.load', { ...input, name: file.name, command });
    await adopt(project);
    void testSide('source');
    void testSide('target');
    loading.setState({ busy: false, done: notes });
  } catch (thrown) {
    loading.setState({ busy: false, error: failureOf(thrown) });
  }
}

/** The addresses of the file stand there already; what they lack can be typed. */
export function connectFirst(): void {
  closeLoadFile();
  go({ at: 'connect' });
}

export function lookAtMapping(): void {
  closeLoadFile();
  go({ at: 'map' });
}
