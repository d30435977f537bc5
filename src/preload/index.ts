// The preload script: runs in the sandbox before the page, and hands it the desktop's offers.

import { contextBridge, ipcRenderer } from 'electron';
import { exposeShell } from './expose.ts';

exposeShell({ contextBridge, ipcRenderer }, window, process.platform);
