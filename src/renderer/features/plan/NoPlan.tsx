// No plan could be made: why, and the ways out.

import { Button, Group } from '@mantine/core';
import { assertNever, type DroverErrorData } from '../../../shared/errors.ts';
import { go, type Place } from '../../client/stores/navigation.ts';
import { makePlan } from '../../client/stores/plan.ts';
import { ErrorNote } from '../../ui/state/ErrorNote.tsx';
import { type WayOut, waysOut } from './model/ways-out.ts';
import classes from './plan.module.css';
import { replaceAll } from './take.ts';

export function NoPlan({ error }: { readonly error: DroverErrorData }): React.JSX.Element {
  return (
    <div className={classes.noPlan}>
      <h2>No plan could be made</h2>
      <ErrorNote error={error}>
        <Group gap={8}>
          {waysOut(error).map((way, i) => (
            <Button key={way.kind} variant={i === 0 ? 'filled' : 'default'} onClick={() => walk(way)}>
              {wordsFor(way)}
            </Button>
          ))}
        </Group>
      </ErrorNote>
      <p className="quiet">Planning only reads: both databases are as they were.</p>
    </div>
  );
}

function wordsFor(way: WayOut): string {
  switch (way.kind) {
    case 'plan again':
      return 'Plan again';
    case 'map':
      return way.table === undefined ? 'Go to Map' : `Go to ${[way.table, way.column].filter(Boolean).join('.')}`;
    case 'connect':
      return 'Go to Connect';
    case 'replace all':
      return 'Replace them and keep the old ones as a backup';
    default:
      return assertNever(way);
  }
}

function walk(way: WayOut): void {
  switch (way.kind) {
    case 'plan again':
      void makePlan(true);
      break;
    case 'map':
      go(placeOf(way));
      break;
    case 'connect':
      go({ at: 'connect' });
      break;
    case 'replace all':
      replaceAll();
      break;
    default:
      assertNever(way);
  }
}

function placeOf({ table, column }: Extract<WayOut, { kind: 'map' }>): Place {
  return { at: 'map', ...(table === undefined ? {} : { table }), ...(column === undefined ? {} : { column }) };
}
