// What a row of the tree-grid is drawn from, as a whole and cell by cell.

import type { FindingsAt } from '../model/issues.ts';
import type { TreeRow } from '../model/rows.ts';
import type { Cell } from './keys.ts';

export interface TreeLineProps {
  readonly row: TreeRow;
  readonly index: number;
  readonly top: number;
  readonly chosen: boolean;
  /** The cell that the keys stand on; null in every row but the chosen one. */
  readonly cell: Cell | null;
  readonly editing: Cell | null;
  readonly sourceType: string | null;
  readonly types: readonly string[];
  readonly issues: FindingsAt;
  readonly onEdit: (cell: Cell | null) => void;
}
