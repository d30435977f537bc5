// Settings: how this person likes Drover.

import { join } from 'node:path';
import { type Settings, settings as schema } from '../../shared/model/desk.ts';
import { type Drawer, openDrawer } from './drawer.ts';

const DEFAULTS: Settings = { theme: 'system', workers: null, batchSize: null, memoryLimit: null };

export function settingsDrawer(home: string): Drawer<Settings> {
  return openDrawer(join(home, 'settings.json'), schema, DEFAULTS);
}

/** What is not given stays. */
export function merge(held: Settings, given: { readonly [K in keyof Settings]?: Settings[K] | undefined }): Settings {
  return schema.parse({
    ...held,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  });
}
