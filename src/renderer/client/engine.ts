// The one engine of this page.

import { createClient } from './client.ts';
import { dial } from './dial.ts';

export const engine = createClient(dial);
