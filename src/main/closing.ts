// Closing the window: while a run is under way the person is asked, and what they agree to is to leave it for later, or a rollback.

import type { BrowserWindow } from 'electron';
import type { ElectronParts } from './electron.ts';
import type { EngineProcess } from './engine-process.ts';

export function mayClose(
  window: BrowserWindow,
  { dialog, app }: Pick<ElectronParts, 'dialog' | 'app'>,
  engine: Pick<EngineProcess, 'activeRuns' | 'stop'>,
): void {
  let asking = false;
  window.on('close', (event) => {
    const runs = engine.activeRuns();
    if (runs.length === 0) return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    void ask(runs.map(({ project }) => project)).finally(() => {
      asking = false;
    });
  });

  async function ask(projects: readonly string[]): Promise<void> {
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message: `The migration of ${projects.join(', ')} is under way.`,
      detail:
        'Left, it stays where it is, and Home offers to go on with it. Cancelled, it is rolled back: the target stays as it was before.',
      buttons: ['Keep running', 'Leave, resume later', 'Cancel and roll back'],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    if (response === 0) return;
    await engine.stop(response === 1 ? 'leave' : 'cancel');
    app.quit();
  }
}
