// Where the rows of a table go: into a table of its own, or into one that another makes; and who else feeds it.

import { Select } from '@mantine/core';
import { useState } from 'react';
import { projectStore } from '../../../client/stores/project.ts';
import { useFrom } from '../../../client/use-from.ts';
import classes from '../map.module.css';
import { doEdit } from '../mapping.ts';
import { type Feeding, feedingsIn, joinTable, makingTables, partTable } from '../model/feeds.ts';

const SHOWN = 100;
const OWN = '';

/** What the table has to do with others that feed the same one; null where it is alone. */
export function useFeeding(table: string): Feeding | null {
  return useFrom(projectStore, ({ project }) => (project ? (feedingsIn(project.tables).get(table) ?? null) : null));
}

export function FeedField({ table }: { readonly table: string }): React.JSX.Element {
  const feeding = useFeeding(table);
  const tables = useFrom(projectStore, ({ project }) => project?.tables ?? null);
  const joins = feeding !== null && feeding.lead !== table;
  return (
    <>
      <Tables
        label="Its rows go into"
        description={joins ? `${feeding.lead} makes the table ${feeding.target}; modes and keys are set there.` : null}
        names={() => (tables ? makingTables(tables).filter((name) => name !== table) : [])}
        value={joins ? feeding.lead : OWN}
        own="A table of its own"
        words={(name) => `the table of ${name}`}
        onChoose={(name) => doEdit(name === OWN ? partTable(table) : joinTable(table, name))}
      />
      {joins ? null : (
        <Tables
          label="Other sources that feed it"
          description={feeding ? `Fed by ${feeding.others.join(', ')} too.` : null}
          names={() => (tables ? makingTables(tables).filter((name) => name !== table) : [])}
          value={OWN}
          own="Add one"
          words={(name) => name}
          onChoose={(name) => (name === OWN ? undefined : doEdit(joinTable(name, table)))}
        />
      )}
    </>
  );
}

interface TablesProps {
  readonly label: string;
  readonly description: string | null;
  /** Asked only when somebody wants to see them: there may be ten thousand. */
  readonly names: () => readonly string[];
  readonly value: string;
  readonly own: string;
  readonly words: (name: string) => string;
  readonly onChoose: (name: string) => void;
}

function Tables({ label, description, names, value, own, words, onChoose }: TablesProps): React.JSX.Element {
  const [opened, setOpened] = useState(false);
  const shown = opened ? names() : value === OWN ? [] : [value];
  return (
    <Select
      label={label}
      description={description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      classNames={{ option: classes.monoInput ?? '' }}
      data={[{ value: OWN, label: own }, ...shown.map((name) => ({ value: name, label: words(name) }))]}
      value={value}
      onChange={(name) => onChoose(name ?? OWN)}
      onDropdownOpen={() => setOpened(true)}
      onDropdownClose={() => setOpened(false)}
      searchable
      limit={SHOWN}
      allowDeselect={false}
      nothingFoundMessage="None of that name."
    />
  );
}
