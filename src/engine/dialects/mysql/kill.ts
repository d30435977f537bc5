// Ends a connection for good: the server goes on with a statement whose client has merely gone away.

import type { Access } from '../../../shared/model/connection.ts';
import { type Link, open } from './connection.ts';

/** Does not wait, and fails silently: the connection is gone for Drover either way. */
export function kill(link: Link, access: Access): void {
  link.destroy();
  void tellServer(link.id, access).catch(() => undefined);
}

async function tellServer(id: number, access: Access): Promise<void> {
  const other = await open(access, 'source');
  try {
    await other.query(`KILL ${id}`);
  } finally {
    await other.close();
  }
}
