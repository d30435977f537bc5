// One step or rule: in a line, what is wrong with it, and below it, when it is open, its fields.

import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import type { Fault } from './faults.ts';
import { ItemForm } from './ItemForm.tsx';
import styles from './steps.module.css';
import { type Chain, lineId } from './use-chain.ts';

export interface ChainLineProps<T extends object> {
  readonly chain: Chain<T>;
  readonly place: number;
  /** "step 2, trim" */
  readonly called: string;
  /** What it is in words, and what more is told quietly. */
  readonly word: string;
  readonly settings: string;
  readonly fault: Fault | null;
  readonly columns: readonly string[];
}

export function ChainLine<T extends object>(props: ChainLineProps<T>): React.JSX.Element {
  const { chain, place, called, word, settings, fault, columns } = props;
  const { name, item } = chain.lines[place]!;
  const isOpen = chain.open === place;
  const last = chain.lines.filter((line) => line.item).length - 1;

  function press(event: KeyboardEvent): void {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (by !== 0 && event.altKey) chain.move(place, place + by);
    else if (by !== 0) chain.focus(place + by);
    else if (event.key === 'Delete') chain.remove(place);
    else return;
    event.preventDefault();
  }

  return (
    <li className={styles.step} data-fault={fault !== null || undefined}>
      <div className={styles.line}>
        <button
          type="button"
          id={lineId(chain.kit.id, place)}
          className={styles.name}
          aria-expanded={isOpen}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Delete"
          title={`${word} ${settings}`.trim()}
          onClick={() => chain.toggle(place)}
          onKeyDown={press}
        >
          <span className={styles.number}>{place + 1}</span>
          <span className={styles.word}>{word}</span>
          {item ? <span className={styles.settings}>{settings}</span> : <span className="quiet">to be filled in</span>}
        </button>
        <ActionIcon
          size="sm"
          className={styles.act}
          aria-label={`Move up ${called}`}
          title="Move up (Alt and arrow)"
          disabled={!item || place === 0}
          onClick={() => chain.move(place, place - 1)}
        >
          <IconChevronUp size={14} aria-hidden />
        </ActionIcon>
        <ActionIcon
          size="sm"
          className={styles.act}
          aria-label={`Move down ${called}`}
          title="Move down (Alt and arrow)"
          disabled={!item || place === last}
          onClick={() => chain.move(place, place + 1)}
        >
          <IconChevronDown size={14} aria-hidden />
        </ActionIcon>
        <ActionIcon
          size="sm"
          className={styles.act}
          aria-label={`Remove ${called}`}
          title="Remove (Delete)"
          onClick={() => chain.remove(place)}
        >
          <IconX size={14} aria-hidden />
        </ActionIcon>
      </div>
      {fault ? <FaultNote fault={fault} /> : null}
      {isOpen ? (
        <ItemForm
          form={chain.kit.formOf(name)}
          item={item}
          columns={columns}
          onTyped={(typed) => chain.type(place, typed)}
          onTake={(taken) => chain.take(place, taken)}
          onClose={() => chain.toggle(place)}
        />
      ) : null}
    </li>
  );
}

export function FaultNote({ fault }: { readonly fault: Fault }): React.JSX.Element {
  return (
    <div role="alert" className={styles.fault}>
      <StateMark mark="blocked" />
      <div>
        <div className="block">{fault.message}</div>
        {fault.cause ? <div className={`quiet ${styles.cause}`}>{fault.cause}</div> : null}
        {fault.hint ? <div className="quiet">{fault.hint}</div> : null}
      </div>
    </div>
  );
}
