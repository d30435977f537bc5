// Adds a column that the source computes: an expression, a constant, a new key.

import { Button, Menu } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { TableMapping } from '../../../../shared/model/mapping.ts';
import { useFrom } from '../../../client/use-from.ts';
import { known, useSource } from '../known.ts';
import classes from '../map.module.css';
import { type OriginKind, originWords } from '../model/computed.ts';
import { proposeComputed } from '../propose.ts';

export interface AddColumnProps {
  readonly table: string;
  readonly mapping: TableMapping;
}

const offers: readonly { readonly kind: OriginKind; readonly name: string; readonly sentence: string }[] = [
  { kind: 'expression', name: 'Expression', sentence: 'SQL that the source computes for each row' },
  { kind: 'constant', name: 'Constant', sentence: 'The same value in every row' },
  { kind: 'sequence', name: 'New key', sentence: 'Numbers the rows, in the order of their key' },
];

export function AddColumn({ table, mapping }: AddColumnProps): React.JSX.Element {
  const asking = useFrom(known, ({ adding }) => adding?.state === 'asking');
  const source = useSource(mapping);
  const hasKey = source === null || source.primaryKey !== null;
  return (
    <Menu position="bottom-end" width={344} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          className={classes.whole}
          loading={asking}
          leftSection={<IconPlus size={14} aria-hidden />}
        >
          Add column
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {offers.map(({ kind, name, sentence }) => (
          <Menu.Item
            key={kind}
            disabled={kind === 'sequence' && !hasKey}
            leftSection={
              <span className={classes.origin} aria-hidden>
                {originWords[kind].sign}
              </span>
            }
            onClick={() => void proposeComputed(table, mapping, kind)}
          >
            {name}
            <div className="quiet">
              {kind === 'sequence' && !hasKey ? 'Needs a key by which rows are put in order' : sentence}
            </div>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
