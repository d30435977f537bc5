// A connection that loads chunks into staging tables by strict INSERTs of many rows.

import type { Access } from '../../../shared/model/connection.ts';
import type { RunIdentity } from '../session.ts';
import type { LoadOrder, Writer } from '../writing.ts';
import { open } from './connection.ts';
import { telling } from './errors.ts';
import { openChunk } from './ledger.ts';
import { claim } from './lock.ts';
import { BulkInserts } from './writer/bulk.ts';
import { columnsOf, InsertLoader, stagedName } from './writer/loader.ts';

export async function openWriter(access: Access, run: RunIdentity): Promise<Writer> {
  const link = await open(access, 'target');
  const [row, inserts] = await telling(
    { what: 'The target could not be prepared for loading', code: 'load.failed' },
    async () => {
      await claim(link, run);
      // Staging tables have no foreign keys yet; they are checked when they are added.
      await link.query('SET SESSION foreign_key_checks = 0');
      const [settings] = await link.query('SELECT @@max_allowed_packet AS packet');
      return [settings, await BulkInserts.of(link)] as const;
    },
  );
  const packet = Number(row?.packet);
  return {
    async begin(order: LoadOrder) {
      try {
        await openChunk(link, run, order.table.name, order.chunk);
        const bulk =
          inserts && (await telling(preparing(order), () => inserts.into(stagedName(run, order), columnsOf(order))));
        return new InsertLoader(link, run, order, { packet, bulk });
      } catch (error) {
        await link.query('ROLLBACK').catch(() => undefined);
        throw error;
      }
    },
    close: () => link.close(),
  };
}

function preparing({ table }: LoadOrder) {
  const where = { side: 'target', table: table.name } as const;
  return { what: `Loading ${table.name} could not begin`, code: 'load.failed', where } as const;
}
