// The cells of the tree-grid that are edited in place: the name and the type in the target.

import { NameInput } from '../fields/NameInput.tsx';
import { TypeInput } from '../fields/TypeInput.tsx';
import { doEdit } from '../mapping.ts';
import { renameColumn, renameTable, retype } from '../model/edits.ts';
import { select } from '../selection.ts';
import type { TreeLineProps } from './line-props.ts';
import styles from './tree.module.css';

export function NameCell({ row, cell, editing, onEdit }: TreeLineProps): React.JSX.Element {
  if (row.kind === 'unmapped') return <Cell active={cell === 'name'}>not mapped</Cell>;
  const { target } = row.mapping;
  const name = row.kind === 'table' ? row.table : `${row.table}.${row.column}`;
  if (editing !== 'name') {
    const edit = () => {
      select(row.table, row.kind === 'table' ? null : row.column);
      onEdit('name');
    };
    return (
      <Cell active={cell === 'name'} onEdit={edit} changed={target !== row.mapping.source} title={target}>
        {target}
      </Cell>
    );
  }
  return (
    <Cell active>
      <NameInput
        aria-label={`Name in the target of ${name}`}
        value={target}
        autoFocus
        variant="unstyled"
        classNames={inputs}
        onFocus={(event) => event.currentTarget.select()}
        onCommit={(to) => doEdit(row.kind === 'table' ? renameTable(row.table, to) : renameColumn(row, to))}
        onEnd={(by) => onEdit(by === 'tab' && row.kind === 'column' ? 'type' : null)}
      />
    </Cell>
  );
}

export function TypeCell({ row, index, cell, editing, types, onEdit }: TreeLineProps): React.JSX.Element {
  if (row.kind !== 'column') return <Cell active={false} />;
  const { type } = row.mapping;
  if (editing !== 'type') {
    const edit = () => {
      select(row.table, row.column);
      onEdit('type');
    };
    return (
      <Cell id={`map-type-${index}`} active={cell === 'type'} onEdit={edit} title={type}>
        {type}
      </Cell>
    );
  }
  return (
    <Cell id={`map-type-${index}`} active>
      <TypeInput
        aria-label={`Type in the target of ${row.table}.${row.column}`}
        value={type}
        types={types}
        autoFocus
        variant="unstyled"
        classNames={inputs}
        comboboxProps={{ width: 220, position: 'bottom-start' }}
        onFocus={(event) => event.currentTarget.select()}
        onCommit={(to) => doEdit(retype(row, to))}
        onEnd={(by) => onEdit(by === 'back tab' ? 'name' : null)}
      />
    </Cell>
  );
}

const inputs = { input: styles.input ?? '', error: styles.error ?? '' };

interface CellProps {
  readonly active: boolean;
  readonly id?: string;
  readonly title?: string;
  readonly changed?: boolean;
  readonly onEdit?: () => void;
  readonly children?: React.ReactNode;
}

function Cell({ active, id, title, changed = false, onEdit, children }: CellProps): React.JSX.Element {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element can't be drawn in parts
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus
    <div
      id={id}
      role="gridcell"
      title={title}
      className={styles.cell}
      data-active={active || undefined}
      data-edits
      data-changed={changed || undefined}
      onDoubleClick={onEdit}
    >
      {children}
    </div>
  );
}
