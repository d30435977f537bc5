// The inspector: everything that can be said of what is selected, and changed.

import { useDeferredValue } from 'react';
import { useFrom } from '../../../client/use-from.ts';
import { Panel } from '../../../ui/layout/Panel.tsx';
import { useSource } from '../known.ts';
import classes from '../map.module.css';
import { useSelected } from '../mapping.ts';
import { byKey } from '../model/keys.ts';
import { rowId } from '../model/rows.ts';
import { selection } from '../selection.ts';
import { ColumnInspector } from './ColumnInspector.tsx';
import { TableInspector } from './TableInspector.tsx';
import { UnmappedInspector } from './UnmappedInspector.tsx';

/** The panel stands at once; its many fields are drawn right after the mapping, which is looked at first. */
export function Inspector(): React.JSX.Element {
  const drawn = useDeferredValue(true, false);
  return <Panel label="Inspector">{drawn ? <Inspected /> : null}</Panel>;
}

function Inspected(): React.JSX.Element {
  const selected = useSelected();
  const column = useFrom(selection, (state) => state.column);
  const source = useSource(selected?.mapping ?? null);
  if (!selected) return <>Choose a table.</>;
  const { key, mapping } = selected;
  const chosen = column === null ? null : byKey(mapping.columns, column);
  const facts = source?.columns.find(({ name }) => name === (chosen?.source ?? column)) ?? null;
  return (
    <div className={classes.inspector}>
      {column !== null && chosen ? (
        <ColumnInspector
          key={rowId(key, column)}
          table={key}
          column={column}
          mapping={chosen}
          of={mapping}
          facts={facts}
          source={source}
        />
      ) : null}
      {column !== null && !chosen && (facts || !source) ? (
        <UnmappedInspector table={key} column={column} of={mapping} facts={facts} />
      ) : null}
      <TableInspector key={key} table={key} mapping={mapping} source={source} />
    </div>
  );
}
