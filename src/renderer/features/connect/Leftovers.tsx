// What the target holds of runs that this machine does not remember: whose laptop died, or whose history is elsewhere.

import { Button } from '@mantine/core';
import { useEffect } from 'react';
import type { Leftover } from '../../../shared/model/run.ts';
import {
  askAboutLeftover,
  deedFor,
  findLeftovers,
  type LeftoverDeed,
  leftovers,
} from '../../client/stores/leftovers.ts';
import type { TestResult } from '../../client/stores/sides.ts';
import { useFrom } from '../../client/use-from.ts';
import { exactly, when } from '../../ui/format/moment.ts';
import { ErrorNote } from '../../ui/state/ErrorNote.tsx';
import { StateMark } from '../../ui/state/StateMark.tsx';
import classes from './connect.module.css';
import { sizeWords, standingWords } from './leftover-words.ts';

/** Asked anew with every test that the target has answered. */
export function Leftovers({ tested }: { readonly tested: TestResult }): React.JSX.Element | null {
  const { found, untold } = useFrom(leftovers, (state) => state);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with every answer
  useEffect(() => void findLeftovers(), [tested]);
  if (untold) return <ErrorNote error={untold} />;
  if (!found || found.length === 0) return null;
  return (
    <section aria-label="Left by other runs" className={classes.leftovers}>
      <h3>Left there by runs that are not in the history of this machine</h3>
      <ul className={classes.missing}>
        {found.map((leftover) => (
          <li key={leftover.run}>
            <Line leftover={leftover} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const words: Readonly<Record<LeftoverDeed, string>> = {
  'take away': 'Take away…',
  'drop backups': 'Drop backups…',
};

function Line({ leftover }: { readonly leftover: Leftover }): React.JSX.Element {
  const { run, startedAt, tables, inUse } = leftover;
  const deed = deedFor(leftover);
  return (
    <>
      <div className={classes.leftover}>
        <StateMark mark={inUse ? 'busy' : 'warned'}>
          <span className="mono">{run}</span>
        </StateMark>
        <span className="quiet" title={exactly(startedAt)}>
          begun {when(startedAt)}, {sizeWords(tables)}
        </span>
      </div>
      <div>{standingWords(leftover)}</div>
      {deed === null ? null : (
        <Button
          className={classes.deed ?? ''}
          size="compact-xs"
          variant="default"
          onClick={() => askAboutLeftover(deed, leftover)}
        >
          {words[deed]}
        </Button>
      )}
    </>
  );
}
