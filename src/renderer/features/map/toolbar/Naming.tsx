// The naming policy: chosen, shown as every rename it means, and only then applied.

import { Button, Menu, Modal } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import type { DroverErrorData } from '../../../../shared/errors.ts';
import { count, many } from '../../../../shared/format.ts';
import type { Finding } from '../../../../shared/model/finding.ts';
import type { NamingPolicy, Project } from '../../../../shared/model/mapping.ts';
import { engine } from '../../../client/engine.ts';
import { failureOf } from '../../../client/failure.ts';
import { change, projectStore } from '../../../client/stores/project.ts';
import { useFrom } from '../../../client/use-from.ts';
import type { GridColumn } from '../../../ui/grid/column.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import classes from '../map.module.css';
import { useTarget } from '../mapping.ts';
import { collisionsIn } from '../model/issues.ts';
import { type Rename, renamesBetween } from '../model/renames.ts';

const policies: readonly { readonly naming: NamingPolicy; readonly name: string; readonly example: string }[] = [
  { naming: 'keep', name: 'Keep names', example: 'OrderItems stays OrderItems' },
  { naming: 'lower', name: 'Lower case', example: 'OrderItems becomes orderitems' },
  { naming: 'snake', name: 'Snake case', example: 'OrderItems becomes order_items' },
];

interface Proposal {
  readonly naming: NamingPolicy;
  readonly before: Project;
  readonly after: Project;
  readonly renames: readonly Rename[];
  /** Names that would be given twice. */
  readonly collisions: readonly Finding[];
}

type Asked =
  | { readonly state: 'none' }
  | { readonly state: 'shown'; readonly proposal: Proposal }
  | { readonly state: 'failed'; readonly naming: NamingPolicy; readonly error: DroverErrorData };

export function Naming(): React.JSX.Element {
  const [asked, setAsked] = useState<Asked>({ state: 'none' });
  const naming = useFrom(projectStore, ({ project }) => project?.naming ?? 'keep');
  const target = useTarget();

  async function propose(wanted: NamingPolicy): Promise<void> {
    const before = projectStore.getState().project;
    if (!before || !target) return;
    try {
      const after = await engine.call('map.names', { project: before, naming: wanted, target: target.server });
      const renames = renamesBetween(before, after);
      const collisions = collisionsIn(after, target.server.family);
      setAsked({ state: 'shown', proposal: { naming: wanted, before, after, renames, collisions } });
    } catch (thrown) {
      setAsked({ state: 'failed', naming: wanted, error: failureOf(thrown) });
    }
  }

  function apply({ naming: chosen, before, after }: Proposal): void {
    change(`Name everything by the policy ${chosen}`, (now) => (now === before ? after : now));
    setAsked({ state: 'none' });
  }

  const shown = asked.state === 'shown' ? asked.proposal : null;
  return (
    <>
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Button variant="default" disabled={!target} rightSection={<IconChevronDown size={12} aria-hidden />}>
            Names: {policies.find((each) => each.naming === naming)?.name.toLowerCase()}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {policies.map(({ naming: each, name, example }) => (
            <Menu.Item key={each} onClick={() => void propose(each)}>
              {name}
              <div className="quiet">{example}</div>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={asked.state !== 'none'}
        onClose={() => setAsked({ state: 'none' })}
        title={titleOf(asked)}
        size={640}
      >
        <div className={classes.dialog}>
          {asked.state === 'failed' ? <ErrorNote error={asked.error} /> : null}
          {shown && shown.renames.length > 0 ? (
            <div className={classes.renames}>
              <DataGrid label="Renames" columns={columns} rows={shown.renames} keyOf={(row) => row.id} />
            </div>
          ) : null}
          {shown ? <Collisions found={shown.collisions} /> : null}
          {shown && shown.renames.length > 0 ? (
            <p className="quiet">Names that you gave by hand are made anew as well. Undo brings them back.</p>
          ) : null}
          <div className={classes.buttons}>
            <Button variant="default" onClick={() => setAsked({ state: 'none' })} data-autofocus>
              Keep these names
            </Button>
            {shown && shown.after !== shown.before ? (
              <Button onClick={() => apply(shown)}>
                {shown.renames.length > 0 ? `Rename ${many(shown.renames.length, 'name')}` : 'Use this policy'}
              </Button>
            ) : null}
          </div>
        </div>
      </Modal>
    </>
  );
}

/** What the plan would stop at, told before the names are taken. */
function Collisions({ found }: { readonly found: readonly Finding[] }): React.JSX.Element | null {
  if (found.length === 0) return null;
  const more = found.length - COLLISIONS_SHOWN;
  return (
    <div role="alert">
      <StateMark mark="blocked">
        {found.length === 1 ? 'One name would be given twice. ' : `${count(found.length)} names would be given twice. `}
        The run waits until they are told apart.
      </StateMark>
      <ul className={classes.collisions}>
        {found.slice(0, COLLISIONS_SHOWN).map(({ message, place }) => (
          <li key={`${place.table} ${place.column}`}>
            {place.column === undefined ? '' : `In ${place.table}: `}
            {message}
          </li>
        ))}
        {more > 0 ? <li>and {count(more)} more</li> : null}
      </ul>
    </div>
  );
}

const COLLISIONS_SHOWN = 8;

function titleOf(asked: Asked): string {
  switch (asked.state) {
    case 'none':
      return '';
    case 'failed':
      return `The policy ${asked.naming} cannot be applied`;
    case 'shown':
      return asked.proposal.renames.length === 0
        ? 'No name would change'
        : `${many(asked.proposal.renames.length, 'name')} would change`;
  }
}

const columns: readonly GridColumn<Rename>[] = [
  {
    id: 'what',
    header: 'In the source',
    value: (row) => (row.column === null ? row.table : `${row.table}.${row.column}`),
    mono: true,
    width: 240,
  },
  { id: 'from', header: 'Name now', value: (row) => row.from, mono: true, width: 170 },
  { id: 'to', header: 'New name', value: (row) => row.to, mono: true, width: 170 },
];
