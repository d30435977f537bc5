// Tests a connection: who answers, how fast, and how well protected.

import type { CallOutput } from '../../shared/contract.ts';
import type { Opened } from './endpoint.ts';

/** Throws DroverError `connect.*`. */
export async function testConnection({ dialect, access }: Opened): Promise<CallOutput<'connect.test'>> {
  const began = performance.now();
  const session = await dialect.connect(access, { role: 'source' });
  try {
    return {
      server: session.server,
      latencyMs: Math.round(performance.now() - began),
      tls: session.tls,
      readOnly: session.readOnly,
    };
  } finally {
    await session.close();
  }
}
