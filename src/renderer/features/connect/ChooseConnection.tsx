// The connections at hand: those that were saved, and those that stand in the clients' own files.

import { type ComboboxItem, Select } from '@mantine/core';
import { useMemo } from 'react';
import type { KnownConnection, Side } from '../../../shared/contract.ts';
import type { SavedConnection } from '../../../shared/model/desk.ts';
import { deskStore } from '../../client/stores/desk.ts';
import { sides } from '../../client/stores/sides.ts';
import { useFrom } from '../../client/use-from.ts';
import classes from './connect.module.css';
import { chooseUrl } from './drafts.ts';
import { known } from './known.ts';

/** Nothing while there is nothing to choose. */
export function ChooseConnection({ side }: { readonly side: Side }): React.JSX.Element | null {
  const saved = useFrom(deskStore, ({ desk }) => desk?.connections ?? nothing);
  const found = useFrom(known, (state) => state.found);
  const url = useFrom(sides, (state) => state[side].url);
  const data = useMemo(() => groups(saved, found), [saved, found]);
  const names = useMemo(() => new Set(data.flatMap(({ items }) => items.map(({ value }) => value))), [data]);
  if (names.size === 0) return null;
  return (
    <Select
      aria-label={`Connection of the ${side}`}
      placeholder={`Choose a connection (${names.size})`}
      data={data}
      value={names.has(url) ? url : null}
      searchable
      classNames={choices}
      limit={MOST_SHOWN}
      nothingFoundMessage="None of that name."
      renderOption={({ option }) => <Option option={option} />}
      onChange={(chosen) => {
        if (chosen !== null) chooseUrl(side, chosen);
      }}
    />
  );
}

const choices = { dropdown: classes.choices ?? '' };
const nothing: readonly SavedConnection[] = [];
const MOST_SHOWN = 100;

function Option({ option }: { readonly option: ComboboxItem }): React.JSX.Element {
  return (
    <div className={classes.option}>
      <div className="ellipsis">{option.label}</div>
      <div className={`mono quiet ellipsis ${classes.optionUrl}`}>{option.value}</div>
    </div>
  );
}

/** Each address once: what was saved here goes before what was found. */
function groups(saved: readonly SavedConnection[], found: readonly KnownConnection[]) {
  const taken = new Set<string>();
  const once = (url: string) => !taken.has(url) && taken.add(url);
  const own = saved.filter(({ url }) => once(url)).map(({ name, url }) => ({ value: url, label: name }));
  const others = found
    .filter(({ url }) => once(url))
    .map(({ name, url, from }) => ({ value: url, label: `${name} · ${from.slice(from.search(/[^/\\]+$/))}` }));
  return [
    { group: 'Saved', items: own },
    { group: "Found in the clients' files", items: others },
  ].filter(({ items }) => items.length > 0);
}
