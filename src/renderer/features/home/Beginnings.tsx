// The first sentence of Drover, and the three ways to begin.

import { Button } from '@mantine/core';
import { IconFolderOpen, IconPlus } from '@tabler/icons-react';
import { useFrom } from '../../client/use-from.ts';
import { useFilePicker } from '../../ui/files/FilePicker.tsx';
import type { FileRequest } from '../../ui/files/request.ts';
import { StateMark } from '../../ui/state/StateMark.tsx';
import classes from './home.module.css';
import { begin, open, opening, openSample } from './opening.ts';

const request: FileRequest = {
  title: 'Open a project',
  action: 'Open',
  kind: { name: 'Drover project or pgloader load file', extensions: ['drover.json', 'load'] },
  mode: 'open',
};

const take = (path: string): void => void open(path);

export function Beginnings(): React.JSX.Element {
  const doing = useFrom(opening, (state) => state.doing);
  const { pick, picker } = useFilePicker(request, take);
  const busy = doing !== null;
  return (
    <section className={classes.beginnings} aria-label="Begin">
      <h2>Move a database into another one, and prove that every row arrived.</h2>
      <p className="quiet">
        PostgreSQL, MySQL, MariaDB and SQLite, in any direction. The target changes only once everything was read back
        and compared.
      </p>
      <div className={classes.ways}>
        <Button leftSection={<IconPlus size={14} aria-hidden />} disabled={busy} onClick={() => void begin()}>
          New migration
        </Button>
        <Button variant="default" leftSection={<IconFolderOpen size={14} aria-hidden />} disabled={busy} onClick={pick}>
          Open a project
        </Button>
        <Button variant="default" disabled={busy} onClick={() => void openSample()}>
          Try the sample
        </Button>
        <div aria-live="polite" className={classes.doing}>
          {doing === null ? null : <StateMark mark="busy">{doing}</StateMark>}
        </div>
      </div>
      {picker}
    </section>
  );
}
