// Where every worker thread begins: what it is born with says what it is for.

import { parentPort, workerData } from 'node:worker_threads';
import type { AsideData } from './aside/question.ts';
import type { WorkerData } from './pipeline/messages.ts';
import type { ProfileWorkerData } from './profiling.ts';

const port = parentPort;
if (!port) throw new Error('worker.ts runs as a worker thread only');

const born: WorkerData | ProfileWorkerData | AsideData = workerData;

// Each kind loads what it needs and no more: to begin a thread is to wait for its modules.
if ('aside' in born) (await import('./aside/serve.ts')).serveAside(port);
else if ('profile' in born) await (await import('./profiling.ts')).serveProfile(port, born);
else (await import('./working.ts')).serveOrders(port, born);
