// Tests a connection: who answers, how fast, how well protected, and what the user may not do.

import type { CallOutput, Side } from '../../shared/contract.ts';
import { assertNever } from '../../shared/errors.ts';
import type { MissingPrivilege, Session } from '../dialects/session.ts';
import type { Opened } from './endpoint.ts';

/** Throws DroverError `connect.*`. */
export async function testConnection(
  { dialect, access }: Opened,
  side: Side | undefined,
): Promise<CallOutput<'connect.test'>> {
  const session = await dialect.connect(access, { role: side ?? 'source' });
  try {
    return {
      server: session.server,
      latencyMs: await latency(session),
      tls: session.tls,
      readOnly: session.readOnly,
      missing: [...(await missingFor(session, side))],
    };
  } finally {
    await session.close();
  }
}

/** One round trip, to a tenth of a millisecond. */
async function latency(session: Session): Promise<number> {
  const began = performance.now();
  await session.query('SELECT 1');
  return Math.round((performance.now() - began) * 10) / 10;
}

async function missingFor(session: Session, side: Side | undefined): Promise<readonly MissingPrivilege[]> {
  switch (side) {
    case undefined:
      return [];
    case 'source':
      return session.missingPrivileges('read', 'all');
    case 'target':
      // Which tables are to be replaced is not known yet.
      return session.missingPrivileges('load', []);
    default:
      return assertNever(side);
  }
}
