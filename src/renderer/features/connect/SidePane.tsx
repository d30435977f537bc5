// One side: which engine, where it is, what opens it, and what answered there.

import { Button, SegmentedControl } from '@mantine/core';
import type { Side } from '../../../shared/contract.ts';
import type { Family } from '../../../shared/model/connection.ts';
import { sides } from '../../client/stores/sides.ts';
import { useFrom } from '../../client/use-from.ts';
import { ChooseConnection } from './ChooseConnection.tsx';
import classes from './connect.module.css';
import { chooseFamily, drafts } from './drafts.ts';
import { FileFields } from './FileFields.tsx';
import { NetworkFields } from './NetworkFields.tsx';
import { SaveConnection } from './SaveConnection.tsx';
import { TestResult } from './TestResult.tsx';
import { test } from './testing.ts';
import { UrlField } from './UrlField.tsx';

const titles: Readonly<Record<Side, string>> = { source: 'Source', target: 'Target' };

const promises: Readonly<Record<Side, string>> = {
  source: 'Opened read-only; nothing in it is changed.',
  target: 'Existing tables stay as they are until a run is published.',
};

const families: readonly { readonly value: Family; readonly label: string }[] = [
  { value: 'postgres', label: 'PostgreSQL' },
  { value: 'mysql', label: 'MySQL / MariaDB' },
  { value: 'sqlite', label: 'SQLite' },
];

export function SidePane({ side }: { readonly side: Side }): React.JSX.Element {
  const family = useFrom(drafts, (state) => state[side].family);
  const testing = useFrom(sides, (state) => state[side].tested.state === 'testing');
  return (
    <form
      className={classes.side}
      aria-label={titles[side]}
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void test(side);
      }}
    >
      <header className={classes.head}>
        <h2>{titles[side]}</h2>
        <span className={`quiet ellipsis ${classes.promise}`}>{promises[side]}</span>
        <SaveConnection side={side} />
      </header>
      <ChooseConnection side={side} />
      <SegmentedControl
        fullWidth
        aria-label={`Engine of the ${side}`}
        data={[...families]}
        value={family}
        onChange={(value) => chooseFamily(side, value)}
      />
      <UrlField side={side} />
      {family === 'sqlite' ? <FileFields side={side} /> : <NetworkFields side={side} family={family} />}
      <div className={classes.test}>
        <Button type="submit" variant="default" loading={testing} aria-label={`Test the ${side}`}>
          Test
        </Button>
        <TestResult side={side} />
      </div>
    </form>
  );
}
