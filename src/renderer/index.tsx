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
import { findRunning } from './client/stores/run.ts';

void readDesk();
void findRunning().catch(() => undefined);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no root');
await fetchScreen(navigation.getState().place).catch(() => undefined);
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
