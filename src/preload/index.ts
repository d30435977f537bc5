// Exposes to the page what it may know of its host: for now, the version it runs on.

import { contextBridge } from 'electron';

contextBridge.exposeInMainWorld('host', { electron: process.versions.electron ?? null });
