// The database in one line: what answers, how many tables, how much they hold.

import { aboutMany, many, size } from '../../../shared/format.ts';
import type { Overview } from '../../../shared/model/overview.ts';

export function OverviewFacts({ overview }: { readonly overview: Overview }): React.JSX.Element {
  const { server, schema, tables } = overview;
  const bytes = totalBytes(overview);
  return (
    <>
      <span className="mono">
        {server.variant} {versionOf(server.version)}
      </span>
      {schema === null ? null : (
        <span>
          schema <span className="mono">{schema}</span>
        </span>
      )}
      <span className="mono">{many(tables.length, 'table')}</span>
      <span className="mono" title="As the database's own statistics say">
        {aboutMany(
          tables.reduce((sum, table) => sum + table.rows, 0),
          'row',
        )}
      </span>
      {bytes === null ? null : <span className="mono">{size(bytes)}</span>}
    </>
  );
}

/** null where the database states no size at all. */
export function totalBytes({ tables }: Overview): number | null {
  const known = tables.flatMap(({ bytes }) => (bytes === null ? [] : [bytes]));
  return known.length === 0 ? null : known.reduce((sum, bytes) => sum + bytes, 0);
}

/** "18.4 (Debian 18.4-1)" and "10.11.19-MariaDB-1:10.11" say what matters first. */
function versionOf(version: string): string {
  return /^[\d.]+/.exec(version)?.[0] ?? version;
}
