// The page: reads the desk, fetches the screen that comes first, then draws the app.

import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import '@mantine/core/styles.css';
import '@mantine/spotlight/styles.css';
import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { fetchScreen } from './app/screens.tsx';
import { readDesk } from './client/stores/desk.ts';
import { navigation } from './client/stores/navigation.ts';
import { reopenProject } from './client/stores/reopen.ts';
import { readRuns } from './client/stores/runs.ts';

void readDesk();
void readRuns();
const reopened = reopenProject();

const PATIENCE_MS = 500;
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no root');
await fetchScreen(navigation.getState().place).catch(() => undefined);
// The project that was open is there at once, or comes when the engine answers.
await Promise.race([reopened, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
