// Type rules: an ordered list, the first that matches decides; what each decides is counted while it is edited.

import { ActionIcon, Button, Modal, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconGripVertical, IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, useDeferredValue, useId, useMemo, useRef, useState } from 'react';
import type { DroverErrorData } from '../../../../shared/errors.ts';
import { count, many } from '../../../../shared/format.ts';
import type { TypeRule } from '../../../../shared/model/mapping.ts';
import { engine } from '../../../client/engine.ts';
import { failureOf } from '../../../client/failure.ts';
import { change, projectStore } from '../../../client/stores/project.ts';
import { endpointOf } from '../../../client/stores/sides.ts';
import { useFrom } from '../../../client/use-from.ts';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import { useTargetTypes } from '../known.ts';
import classes from '../map.module.css';
import { useTarget } from '../mapping.ts';
import { decidedBy, moved } from './deciding.ts';
import own from './type-rules.module.css';

/** As typed: an empty condition is none. */
interface Draft {
  readonly id: number;
  readonly native: string;
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

const conditions = ['native', 'table', 'column'] as const;
const titles = { native: 'Source type', table: 'Table', column: 'Column' } as const;

export function TypeRules(): React.JSX.Element {
  const rules = useFrom(projectStore, ({ project }) => project?.typeRules?.length ?? 0);
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        Type rules{rules > 0 ? ` (${count(rules)})` : ''}
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title="Type rules" size={860}>
        <Editor onClose={() => setOpened(false)} />
      </Modal>
    </>
  );
}

function Editor({ onClose }: { readonly onClose: () => void }): React.JSX.Element | null {
  const project = useFrom(projectStore, (state) => state.project);
  const next = useRef(0);
  const draftOf = (rule: TypeRule): Draft => ({
    id: next.current++,
    native: rule.native ?? '',
    table: rule.table ?? '',
    column: rule.column ?? '',
    type: rule.type,
  });
  const [drafts, setDrafts] = useState<readonly Draft[]>(() => (project?.typeRules ?? []).map(draftOf));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<DroverErrorData | null>(null);
  const target = useTarget();
  const types = useTargetTypes(target?.server ?? null);
  const listId = useId();
  const rules = useDeferredValue(drafts);
  const decided = useMemo(() => (project ? decidedBy(rules.map(ruleOf), project) : null), [rules, project]);
  if (!project || !decided) return null;

  const set = (id: number, part: Partial<Draft>) =>
    setDrafts(drafts.map((each) => (each.id === id ? { ...each, ...part } : each)));
  const move = (from: number, to: number) => setDrafts(moved(drafts, from, to));

  async function apply(): Promise<void> {
    const before = projectStore.getState().project;
    if (!before) return;
    setBusy(true);
    setError(null);
    try {
      const input = { project: before, source: endpointOf('source'), target: endpointOf('target') };
      const made = await engine.call('map.retype', { ...input, typeRules: drafts.map(ruleOf) });
      change('Change the type rules', (now) => (now === before ? made.project : now));
      onClose();
    } catch (thrown) {
      setError(failureOf(thrown));
    } finally {
      setBusy(false);
    }
  }

  const unfinished = drafts.some(({ type }) => type.trim() === '');
  return (
    <div className={classes.dialog}>
      <p className="quiet">
        The first rule whose every condition matches decides the type; * stands for any text. A type that you set on a
        column always wins.
      </p>
      <datalist id={listId}>
        {types.map((type) => (
          <option key={type} value={type} />
        ))}
      </datalist>
      {drafts.length > 0 ? (
        <table className={own.rules}>
          <thead>
            <tr>
              <th scope="col">
                <span className={classes.heard}>Order</span>
              </th>
              {conditions.map((each) => (
                <th key={each} scope="col">
                  {titles[each]}
                </th>
              ))}
              <th scope="col">Becomes</th>
              <th scope="col" className={own.number}>
                Decides
              </th>
              <th scope="col">
                <span className={classes.heard}>Remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {drafts.map((draft, i) => (
              <Row
                key={draft.id}
                draft={draft}
                place={i}
                last={drafts.length - 1}
                listId={listId}
                decides={decided.columns[i] ?? 0}
                onChange={(part) => set(draft.id, part)}
                onMove={(to, from = i) => move(from, to)}
                onRemove={() => setDrafts(drafts.filter(({ id }) => id !== draft.id))}
              />
            ))}
          </tbody>
        </table>
      ) : null}
      <div className={own.facts}>
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => setDrafts([...drafts, draftOf({ type: '' })])}
          data-autofocus={drafts.length === 0 || undefined}
        >
          Add a rule
        </Button>
        <span className="quiet" aria-live="polite">
          {many(decided.proposed, 'column')} as proposed, {many(decided.byHand, 'column')} by your own choice
        </span>
      </div>
      {project.seen ? null : (
        <StateMark mark="noted">
          This project does not say which types were proposed: rules decide nothing in it until it is mapped anew.
        </StateMark>
      )}
      {error ? <ErrorNote error={error} /> : null}
      <div className={classes.buttons}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={busy} disabled={unfinished} onClick={() => void apply()}>
          Apply
        </Button>
      </div>
    </div>
  );
}

interface RowProps {
  readonly draft: Draft;
  readonly place: number;
  readonly last: number;
  readonly listId: string;
  readonly decides: number;
  readonly onChange: (part: Partial<Draft>) => void;
  readonly onMove: (to: number, from?: number) => void;
  readonly onRemove: () => void;
}

function Row({ draft, place, last, listId, decides, onChange, onMove, onRemove }: RowProps): React.JSX.Element {
  const name = `rule ${place + 1}`;

  function press(event: KeyboardEvent): void {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onMove(place + (event.key === 'ArrowUp' ? -1 : 1));
  }

  return (
    <tr
      onKeyDown={press}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        onMove(place, Number(event.dataTransfer.getData('text/plain')));
      }}
    >
      <td className={own.order}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; the buttons beside it serve the keys */}
        <span
          className={own.grip}
          draggable
          title="Drag, or Alt with an arrow"
          onDragStart={(event) => event.dataTransfer.setData('text/plain', String(place))}
        >
          <IconGripVertical size={14} aria-hidden />
        </span>
        <ActionIcon size="sm" aria-label={`Move ${name} up`} disabled={place === 0} onClick={() => onMove(place - 1)}>
          <IconArrowUp size={14} />
        </ActionIcon>
        <ActionIcon
          size="sm"
          aria-label={`Move ${name} down`}
          disabled={place === last}
          onClick={() => onMove(place + 1)}
        >
          <IconArrowDown size={14} />
        </ActionIcon>
      </td>
      {conditions.map((each) => (
        <td key={each}>
          <TextInput
            size="xs"
            aria-label={`${titles[each]} of ${name}`}
            placeholder="any"
            classNames={mono}
            value={draft[each]}
            onChange={(event) => onChange({ [each]: event.currentTarget.value })}
          />
        </td>
      ))}
      <td>
        <TextInput
          size="xs"
          aria-label={`Target type of ${name}`}
          classNames={mono}
          list={listId}
          value={draft.type}
          error={draft.type.trim() === ''}
          onChange={(event) => onChange({ type: event.currentTarget.value })}
        />
      </td>
      <td className={`mono ${own.number}`}>{many(decides, 'column')}</td>
      <td>
        <ActionIcon size="sm" aria-label={`Remove ${name}`} onClick={onRemove}>
          <IconTrash size={14} />
        </ActionIcon>
      </td>
    </tr>
  );
}

const mono = { input: 'mono' };

function ruleOf({ native, table, column, type }: Draft): TypeRule {
  const given = { native: native.trim(), table: table.trim(), column: column.trim() };
  return {
    ...(given.native === '' ? {} : { native: given.native }),
    ...(given.table === '' ? {} : { table: given.table }),
    ...(given.column === '' ? {} : { column: given.column }),
    type: type.trim(),
  };
}
