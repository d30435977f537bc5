// The thread that makes the sample, at the path it is given.

import { workerData } from 'node:worker_threads';
import { makeLegacyShop } from './legacy-shop.ts';

await makeLegacyShop((workerData as { readonly file: string }).file);
