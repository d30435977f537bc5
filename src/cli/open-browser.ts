// Opens the person's own browser, where there is somebody to look at it.

import open from 'open';

/** Whether a window can appear: a display on Linux; elsewhere always, unless a build machine runs this. */
export function hasDisplay(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): boolean {
  if (environment.CI) return false;
  return platform !== 'linux' || Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}

/** False where none could be opened. */
export async function openBrowser(url: string): Promise<boolean> {
  if (!hasDisplay(process.env)) return false;
  try {
    const child = await open(url);
    child.on('error', () => undefined);
    return true;
  } catch {
    return false;
  }
}
