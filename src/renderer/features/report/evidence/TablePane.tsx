// The pane beside the tables: the evidence of one, as soon as it is there.

import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import frame from '../report.module.css';
import { useTable } from '../use-table.ts';
import { TableEvidence } from './TableEvidence.tsx';

export interface TablePaneProps {
  readonly run: string;
  readonly table: string;
  readonly onClose: () => void;
}

export function TablePane({ run, table: name, onClose }: TablePaneProps): React.JSX.Element {
  const { table, error } = useTable(run, name);
  if (table) return <TableEvidence table={table} onClose={onClose} />;
  return (
    <aside className={frame.column} aria-label={`Evidence of ${name}`}>
      {error ? (
        <ErrorNote error={error} />
      ) : (
        <p className="quiet" role="status" style={{ padding: 16, margin: 0 }}>
          Reading its evidence…
        </p>
      )}
    </aside>
  );
}
