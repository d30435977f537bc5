// The buttons of the title: look again, and the one next step, Map. Without a project it maps automatically first.

import { Button } from '@mantine/core';
import { IconArrowRight, IconRefresh } from '@tabler/icons-react';
import type { Side } from '../../../shared/contract.ts';
import { failureOf } from '../../client/failure.ts';
import { look } from '../../client/stores/catalogs.ts';
import { go } from '../../client/stores/navigation.ts';
import { mapAutomatically, projectStore } from '../../client/stores/project.ts';
import { sides } from '../../client/stores/sides.ts';
import { useFrom } from '../../client/use-from.ts';
import { ErrorNote } from '../../ui/state/ErrorNote.tsx';
import classes from './inspect.module.css';
import { inspecting } from './inspect-store.ts';

export function LookAgain({ side, looking }: { readonly side: Side; readonly looking: boolean }): React.JSX.Element {
  const url = useFrom(sides, (state) => state[side].url);
  return (
    <Button
      variant="default"
      leftSection={<IconRefresh size={14} aria-hidden />}
      disabled={url === ''}
      loading={looking && url !== ''}
      onClick={() => void look(side, true)}
    >
      Look again
    </Button>
  );
}

export function NextStep(): React.JSX.Element {
  const connected = useFrom(sides, ({ source, target }) => source.url !== '' && target.url !== '');
  const mapped = useFrom(projectStore, ({ project }) => project !== null);
  const mapping = useFrom(inspecting, (state) => state.mapping);

  async function map(): Promise<void> {
    inspecting.setState({ mapping: true, mapError: null });
    try {
      if (!mapped) await mapAutomatically();
      go({ at: 'map' });
    } catch (thrown) {
      inspecting.setState({ mapError: failureOf(thrown) });
    } finally {
      inspecting.setState({ mapping: false });
    }
  }

  if (!connected) {
    return (
      <Button onClick={() => go({ at: 'connect' })} rightSection={<IconArrowRight size={14} aria-hidden />}>
        Connect both sides
      </Button>
    );
  }
  return (
    <Button
      onClick={() => void map()}
      rightSection={mapping ? null : <IconArrowRight size={14} aria-hidden />}
      aria-busy={mapping}
      disabled={mapping}
    >
      {mapping ? 'Mapping; the values are asked…' : 'Map'}
    </Button>
  );
}

/** Stays until the next attempt. */
export function MapFailure(): React.JSX.Element | null {
  const error = useFrom(inspecting, (state) => state.mapError);
  return error ? (
    <div className={classes.margin}>
      <ErrorNote error={error} />
    </div>
  ) : null;
}
