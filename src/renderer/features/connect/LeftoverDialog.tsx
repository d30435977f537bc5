// Asks before something of a run that is not in the history is taken away: table by table, then the target's name, typed.

import { Modal } from '@mantine/core';
import type { Leftover } from '../../../shared/model/run.ts';
import { targetName } from '../../../shared/run-places.ts';
import { backupsIn, carryOut, type LeftoverDeed, leftovers, putOffLeftover } from '../../client/stores/leftovers.ts';
import { sides } from '../../client/stores/sides.ts';
import { useFrom } from '../../client/use-from.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { backupColumns, backupKey } from '../../ui/recovery/backup-columns.tsx';
import { Confirm } from '../../ui/recovery/Confirm.tsx';
import confirm from '../../ui/recovery/confirm.module.css';
import { FocusBack } from '../../ui/state/FocusBack.tsx';
import classes from './connect.module.css';
import { sizeWords } from './leftover-words.ts';

interface Asked {
  readonly title: string;
  readonly act: string;
  readonly acting: string;
  readonly words: string;
  readonly tables: Leftover['tables'];
}

const ROW = 28;
const ROWS_SHOWN = 8;

export function LeftoverDialog(): React.JSX.Element | null {
  const { asked, working, error } = useFrom(leftovers, (state) => state);
  const url = useFrom(sides, (state) => state.target.url);
  if (!asked) return null;
  const { deed, leftover } = asked;
  const { title, act, acting, words, tables } = askedAbout[deed](leftover);
  return (
    <Modal
      opened
      onClose={putOffLeftover}
      title={
        <>
          {title} <span className={`mono ${confirm.of}`}>{leftover.run}</span>
        </>
      }
      size={960}
      closeButtonProps={{ 'aria-label': 'Close', disabled: working }}
      classNames={{ title: confirm.title ?? '' }}
    >
      <FocusBack />
      <Confirm
        name={targetName(url)}
        act={act}
        acting={acting}
        red
        ready
        working={working}
        error={error}
        onConfirm={() => void carryOut(deed, leftover)}
        onLeave={putOffLeftover}
      >
        <p>{words}</p>
        {tables.length > 0 ? (
          <div className={classes.grid} style={{ height: (Math.min(tables.length, ROWS_SHOWN) + 1) * ROW + 2 }}>
            <DataGrid label="Tables" columns={backupColumns} rows={tables} keyOf={backupKey} />
          </div>
        ) : null}
      </Confirm>
    </Modal>
  );
}

const askedAbout: Readonly<Record<LeftoverDeed, (leftover: Leftover) => Asked>> = {
  'take away': ({ tables }) => ({
    title: 'Take away',
    act: 'Take away',
    acting: 'Taking away what is in staging.',
    words: `What this run has in staging goes, ${sizeWords(tables)}, and nobody can resume it after that. The target’s own tables stay as they are. A table with other rows than the run has loaded is kept under another name.`,
    tables: tables.filter(({ place }) => place === 'staging'),
  }),
  'drop backups': ({ tables }) => {
    const backups = backupsIn(tables);
    return {
      title: 'Drop backups',
      act: 'Drop the backups',
      acting: 'Dropping them.',
      words: `What this run keeps of earlier tables goes, ${sizeWords(backups)}, and the run can’t be rolled back any more, on no machine. The tables that it published stay as they are.`,
      tables: backups,
    };
  },
};
