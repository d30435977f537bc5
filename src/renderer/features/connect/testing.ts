// Testing a side, and what follows: the open project moves to the address, and the next stage is open.

import type { Side } from '../../../shared/contract.ts';
import type { Project } from '../../../shared/model/mapping.ts';
import { engine } from '../../client/engine.ts';
import { tellRebound } from '../../client/stores/drift.ts';
import { go } from '../../client/stores/navigation.ts';
import { change, projectStore } from '../../client/stores/project.ts';
import { endpointOf, setUrl, sides, testSide } from '../../client/stores/sides.ts';
import { bothSides, settle, touch } from './drafts.ts';
import { secretsSettled } from './secrets.ts';
import { familyIn } from './url-parts.ts';

/** False as well when there is nothing to test yet; then what is missing is told at its field. */
export async function test(side: Side): Promise<boolean> {
  await settle(side);
  await secretsSettled();
  if (sides.getState()[side].url === '') {
    touch(side, 'all');
    return false;
  }
  bind();
  return testSide(side);
}

/** The one next step. What was tested and not changed since is not asked again. Throws DroverError. */
export async function inspectBoth(): Promise<void> {
  const answers = await Promise.all(
    bothSides.map(async (side) => {
      await settle(side);
      await secretsSettled();
      return sides.getState()[side].tested.state === 'ok' || test(side);
    }),
  );
  if (!answers.every(Boolean)) return;
  bind();
  await rebind();
  go({ at: 'inspect' });
}

/** The mapping is kept and leads to the addresses that stand here now. */
function bind(): void {
  const now = sides.getState();
  for (const side of bothSides) {
    const { url } = now[side];
    const { project } = projectStore.getState();
    if (!project || url === '' || project[side].url === url) continue;
    // A database of another kind is asked first: see `rebind`.
    if (isOtherKind(project, side)) continue;
    change(`Connect the ${side} elsewhere`, (before) => ({ ...before, [side]: { ...before[side], url } }));
  }
}

/** What can't be reached now is tried again the next time. */
export function leave(): void {
  bind();
  rebind().catch(() => undefined);
}

function isOtherKind(project: Project, side: Side): boolean {
  return familyIn(project[side].url) !== familyIn(sides.getState()[side].url);
}

/** For a database of another kind types are proposed anew, but for those that were set by hand. Throws DroverError. */
async function rebind(): Promise<void> {
  const { project } = projectStore.getState();
  const now = sides.getState();
  if (!project || !bothSides.some((side) => now[side].url !== '' && isOtherKind(project, side))) return;
  const input = { project, source: endpointOf('source'), target: endpointOf('target') };
  const { project: bound, ...rebound } = await engine.call('map.bind', input);
  if (projectStore.getState().project !== project) return;
  change('Connect to another kind of database', () => bound);
  tellRebound(rebound);
}

/** Another password may open what the last test found closed. */
export function forgetTest(side: Side): void {
  const { url } = sides.getState()[side];
  sides.setState({ [side]: { url, tested: { state: 'untested' } } });
}

// Undoing the change of an address leads back there.
projectStore.subscribe(({ project, path }, before) => {
  if (!project || !before.project || path !== before.path) return;
  for (const side of bothSides) if (project[side].url !== before.project[side].url) setUrl(side, project[side].url);
});
