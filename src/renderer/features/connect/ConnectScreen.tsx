// The screen Connect: source and target side by side, each given as a form or a URL, and tested.

import { Button, Tooltip } from '@mantine/core';
import { IconArrowRight, IconSwitchHorizontal } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { DroverErrorData } from '../../../shared/errors.ts';
import { failureOf } from '../../client/failure.ts';
import { projectStore } from '../../client/stores/project.ts';
import { sides } from '../../client/stores/sides.ts';
import { useFrom } from '../../client/use-from.ts';
import { Screen } from '../../ui/layout/Screen.tsx';
import { ErrorNote } from '../../ui/state/ErrorNote.tsx';
import classes from './connect.module.css';
import { swap } from './drafts.ts';
import { readKnown } from './known.ts';
import { LeftoverDialog } from './LeftoverDialog.tsx';
import { SidePane } from './SidePane.tsx';
import { inspectBoth, leave } from './testing.ts';

export function ConnectScreen(): React.JSX.Element {
  const project = useFrom(projectStore, (state) => state.project?.name ?? null);
  const ready = useFrom(sides, ({ source, target }) => source.url !== '' && target.url !== '');
  const [error, setError] = useState<DroverErrorData | null>(null);
  useEffect(() => {
    void readKnown();
    return leave;
  }, []);
  return (
    <Screen
      title="Connect"
      facts={
        project === null ? (
          <span className="ellipsis">Where the data is, and where it shall go.</span>
        ) : (
          <span className="ellipsis">The mapping of {project} is kept, whichever databases it leads to.</span>
        )
      }
      actions={
        <>
          <SwapButton project={project} />
          <InspectButton ready={ready} onError={setError} />
        </>
      }
    >
      {error ? (
        <div className={classes.failure}>
          <ErrorNote error={error} />
        </div>
      ) : null}
      <div className={classes.sides}>
        <SidePane side="source" />
        <SidePane side="target" />
      </div>
      {/* Outside the forms: what is submitted in a dialog would be submitted to the form around it, too. */}
      <LeftoverDialog />
    </Screen>
  );
}

function SwapButton({ project }: { readonly project: string | null }): React.JSX.Element {
  const button = (
    <Button
      variant="default"
      leftSection={<IconSwitchHorizontal size={14} aria-hidden />}
      aria-disabled={project !== null}
      data-disabled={project !== null}
      onClick={() => {
        if (project === null) void swap();
      }}
    >
      Swap sides
    </Button>
  );
  if (project === null) return button;
  return (
    <Tooltip
      label={`The mapping of ${project} leads from this source to this target: begin a new migration to go the other way.`}
    >
      {button}
    </Tooltip>
  );
}

interface InspectButtonProps {
  readonly ready: boolean;
  readonly onError: (error: DroverErrorData | null) => void;
}

function InspectButton({ ready, onError }: InspectButtonProps): React.JSX.Element {
  const [busy, setBusy] = useState(false);
  return (
    <Button
      loading={busy}
      variant={ready ? 'filled' : 'default'}
      rightSection={<IconArrowRight size={14} aria-hidden />}
      onClick={() => {
        setBusy(true);
        onError(null);
        inspectBoth()
          .catch((thrown: unknown) => onError(failureOf(thrown)))
          .finally(() => setBusy(false));
      }}
    >
      Inspect
    </Button>
  );
}
