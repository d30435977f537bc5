// Under the project's name: whether its last change is saved, and in which file. A press saves it elsewhere.

import { Button } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { projectStore, type Saving, saveAs, saveOver, takeTheFiles } from '../client/stores/project.ts';
import { useFrom } from '../client/use-from.ts';
import { useFilePicker } from '../ui/files/FilePicker.tsx';
import type { FileRequest } from '../ui/files/request.ts';
import { StateMark } from '../ui/state/StateMark.tsx';
import classes from './app.module.css';

export function Saved(): React.JSX.Element {
  const saving = useFrom(projectStore, (state) => state.saving);
  const path = useFrom(projectStore, (state) => state.path);
  const name = useFrom(projectStore, ({ project }) => project?.name ?? null);
  const request = useMemo(() => requestFor(name ?? '', path), [name, path]);
  const save = useCallback((chosen: string) => void saveAs(chosen), []);
  const { pick, picker } = useFilePicker(request, save);
  if (name === null) return <div className={classes.saved} />;
  if (saving.state === 'elsewhere') {
    return (
      <>
        <Elsewhere onSaveAs={pick} />
        {picker}
      </>
    );
  }
  return (
    <>
      <button type="button" className={classes.saved} title={`${path ?? 'New'}\nSave as…`} onClick={pick}>
        <Words saving={saving} file={path === null ? null : fileOf(path)} />
      </button>
      {picker}
    </>
  );
}

/** Two ways out that lose nothing unasked, and a third that leaves the file alone. */
function Elsewhere({ onSaveAs }: { readonly onSaveAs: () => void }): React.JSX.Element {
  return (
    <div role="alert" className={classes.saved}>
      <StateMark mark="blocked">Not saved: the file was changed elsewhere</StateMark>
      <div className={classes.ways}>
        <Button
          size="compact-xs"
          variant="default"
          title="Opens the file as it is now; undo brings back what you changed here"
          onClick={() => void takeTheFiles()}
        >
          Take the file’s
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          title="What was changed in the file elsewhere is lost"
          onClick={() => void saveOver()}
        >
          Save over it
        </Button>
        <Button size="compact-xs" variant="default" onClick={onSaveAs}>
          Save as…
        </Button>
      </div>
    </div>
  );
}

type Usual = Exclude<Saving, { state: 'elsewhere' }>;

function Words({ saving, file }: { readonly saving: Usual; readonly file: string | null }): React.JSX.Element {
  switch (saving.state) {
    case 'saved':
      return <div className="ellipsis">Saved{file === null ? '' : ` in ${file}`}</div>;
    case 'changed':
    case 'saving':
      return <>Saving…</>;
    case 'failed':
      return (
        <div role="alert" title={saving.error.cause ?? ''}>
          <StateMark mark="blocked">Not saved: {saving.error.message}</StateMark>
        </div>
      );
  }
}

function requestFor(name: string, path: string | null): FileRequest {
  return {
    title: 'Save the project as',
    action: 'Save',
    kind: { name: 'Drover project', extensions: ['drover.json', 'json'] },
    mode: 'save',
    name: path === null ? `${name}.drover.json` : fileOf(path),
    ...(path === null ? {} : { folder: path.slice(0, -fileOf(path).length - 1) || '/' }),
  };
}

function fileOf(path: string): string {
  return /[^\\/]*$/.exec(path)![0];
}
