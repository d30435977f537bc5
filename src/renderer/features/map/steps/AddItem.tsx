// Adds a step or a rule: all that there are, in groups, narrowed as one types.

import { Button, Combobox, useCombobox } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import type { ItemOffer } from './catalogue.ts';
import styles from './steps.module.css';
import { addId } from './use-chain.ts';

export interface AddItemProps {
  /** "step" or "rule", which is also the id of its chain. */
  readonly what: string;
  readonly groups: readonly string[];
  readonly offersFor: (typed: string) => readonly ItemOffer[];
  readonly onAdd: (name: string) => void;
  /** To the line above, by arrow. */
  readonly onUp: () => void;
}

export function AddItem({ what, groups, offersFor, onAdd, onUp }: AddItemProps): React.JSX.Element {
  const [typed, setTyped] = useState('');
  const offers = useMemo(() => offersFor(typed), [offersFor, typed]);
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
          id={addId(what)}
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
          Add a {what}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          aria-label={`Find a ${what}`}
          placeholder={`Find a ${what}`}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            // Enter takes the first.
            setTimeout(() => box.selectFirstOption());
          }}
        />
        <Combobox.Options className={styles.offers} aria-label={`Kinds of ${what}`} tabIndex={0}>
          {groups.map((group) => {
            const inGroup = offers.filter((offer) => offer.group === group);
            return inGroup.length === 0 ? null : (
              <Combobox.Group key={group} label={group || undefined}>
                {inGroup.map(({ name, sentence }) => (
                  <Combobox.Option key={name} value={name}>
                    <div className={styles.word}>{name}</div>
                    <div className={styles.sentence}>{sentence}</div>
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            );
          })}
          {offers.length === 0 ? (
            <Combobox.Empty>
              No {what} has “{typed}” in its description.
            </Combobox.Empty>
          ) : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
