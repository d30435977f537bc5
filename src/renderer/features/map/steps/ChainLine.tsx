// One step: its name and settings in a line, what is wrong with it, and below it, when it is open, the fields.

import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import type { Fault } from './faults.ts';
import { StepForm } from './StepForm.tsx';
import styles from './steps.module.css';
import { type Chain, lineId } from './use-chain.ts';
import { settingsOf } from './words.ts';

export interface StepLineProps {
  readonly chain: Chain;
  readonly place: number;
  readonly fault: Fault | null;
  readonly columns: readonly string[];
}

export function StepLine({ chain, place, fault, columns }: StepLineProps): React.JSX.Element {
  const { name, step } = chain.lines[place]!;
  const isOpen = chain.open === place;
  const last = chain.lines.filter((line) => line.step).length - 1;
  const settings = step ? settingsOf(step) : '';
  const called = `step ${place + 1}, ${name}`;

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
          id={lineId(place)}
          className={styles.name}
          aria-expanded={isOpen}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Delete"
          title={`${name} ${settings}`.trim()}
          onClick={() => chain.toggle(place)}
          onKeyDown={press}
        >
          <span className={styles.number}>{place + 1}</span>
          <span className={styles.word}>{name}</span>
          {step ? <span className={styles.settings}>{settings}</span> : <span className="quiet">to be filled in</span>}
        </button>
        <ActionIcon
          size="sm"
          className={styles.act}
          aria-label={`Move up ${called}`}
          title="Move up (Alt and arrow)"
          disabled={!step || place === 0}
          onClick={() => chain.move(place, place - 1)}
        >
          <IconChevronUp size={14} aria-hidden />
        </ActionIcon>
        <ActionIcon
          size="sm"
          className={styles.act}
          aria-label={`Move down ${called}`}
          title="Move down (Alt and arrow)"
          disabled={!step || place === last}
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
        <StepForm
          name={name}
          step={step}
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
