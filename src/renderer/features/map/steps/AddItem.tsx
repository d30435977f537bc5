// Adds a step: all of the catalogue, in groups, narrowed as one types.

import { Button, Combobox, useCombobox } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import type { TransformName } from '../../../../shared/model/transform.ts';
import { groups, offersFor } from './catalogue.ts';
import styles from './steps.module.css';
import { ADD_ID } from './use-chain.ts';

export interface AddStepProps {
  readonly onAdd: (name: TransformName) => void;
  /** To the line above, by arrow. */
  readonly onUp: () => void;
}

export function AddStep({ onAdd, onUp }: AddStepProps): React.JSX.Element {
  const [typed, setTyped] = useState('');
  const offers = useMemo(() => offersFor(typed), [typed]);
  const chosen = useRef(false);
  const box = useCombobox({
    onDropdownOpen: () => {
      chosen.current = false;
      box.focusSearchInput();
    },
    onDropdownClose: () => {
      box.resetSelectedOption();
      setTyped('');
      // What was chosen takes the focus itself.
      if (!chosen.current) box.focusTarget();
    },
  });

  function choose(value: string): void {
    const offer = offers.find(({ name }) => name === value);
    chosen.current = true;
    box.closeDropdown();
    if (offer) onAdd(offer.name);
  }

  return (
    <Combobox store={box} onOptionSubmit={choose} width={336} position="bottom-end">
      <Combobox.Target targetType="button" withKeyboardNavigation={false}>
        <Button
          id={ADD_ID}
          size="compact-sm"
          variant="default"
          className={styles.add}
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => box.toggleDropdown()}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowUp') return;
            event.preventDefault();
            onUp();
          }}
        >
          Add a step
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          aria-label="Find a step"
          placeholder="Find a step"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            // Enter takes the first.
            setTimeout(() => box.selectFirstOption());
          }}
        />
        <Combobox.Options className={styles.offers} aria-label="Steps" tabIndex={0}>
          {groups.map((group) => {
            const inGroup = offers.filter((offer) => offer.group === group);
            return inGroup.length === 0 ? null : (
              <Combobox.Group key={group} label={group}>
                {inGroup.map(({ name, sentence }) => (
                  <Combobox.Option key={name} value={name}>
                    <div className={styles.word}>{name}</div>
                    <div className={styles.sentence}>{sentence}</div>
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            );
          })}
          {offers.length === 0 ? <Combobox.Empty>No step has “{typed}” in its description.</Combobox.Empty> : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
