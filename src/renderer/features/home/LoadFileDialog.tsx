// A load file of pgloader's: what it says, line by line, what of it is taken, and the way into a project.

import { Button, Modal, SegmentedControl } from '@mantine/core';
import { count } from '../../../shared/format.ts';
import type { LoadCommand, LoadNote } from '../../../shared/model/loadfile.ts';
import { useFrom } from '../../client/use-from.ts';
import { ErrorNote } from '../../ui/state/ErrorNote.tsx';
import { FocusBack } from '../../ui/state/FocusBack.tsx';
import { type Mark, StateMark } from '../../ui/state/StateMark.tsx';
import classes from './home.module.css';
import { chooseCommand, closeLoadFile, connectFirst, importCommand, loading, lookAtMapping } from './load-file.ts';
import { Route } from './Route.tsx';

export function LoadFileDialog(): React.JSX.Element | null {
  const { file, command: at, busy, error, done } = useFrom(loading, (state) => state);
  const command = file?.commands[at];
  if (!file || !command) return null;
  const notes = done ?? notesOf(command);
  const closed = command.source === null || command.target === null;
  return (
    <Modal
      opened
      onClose={done ? lookAtMapping : closeLoadFile}
      title={done ? `${file.name} is imported` : `Import ${file.name}, a load file of pgloader’s`}
      size={860}
    >
      <FocusBack />
      <div className={classes.load}>
        {file.commands.length > 1 && done === null ? (
          <SegmentedControl
            size="xs"
            aria-label="Command of the file"
            value={String(at)}
            onChange={(value) => chooseCommand(Number(value))}
            data={file.commands.map(({ line }, i) => ({ value: String(i), label: `Command at line ${count(line)}` }))}
          />
        ) : null}
        {closed ? null : <Route source={command.source ?? ''} target={command.target ?? ''} />}
        <p className="quiet">
          {done
            ? 'Marked ✕ is what the project does not do; no SQL of the file was run. Types that no CAST rule decides are proposed by Drover.'
            : 'What has a meaning here is taken into the project, everything else is listed. No SQL of the file is run.'}
        </p>
        <Notes notes={notes} />
        {closed ? (
          <StateMark mark="blocked">Drover does not open one of the databases that the command names.</StateMark>
        ) : null}
        {error ? <ErrorNote error={error} /> : null}
        <div className={classes.loadButtons}>
          {done ? (
            <Button data-autofocus onClick={lookAtMapping}>
              Go to the mapping
            </Button>
          ) : (
            <>
              <Button variant="default" onClick={closeLoadFile}>
                Cancel
              </Button>
              {error ? (
                <Button variant="default" onClick={connectFirst}>
                  Go to Connect
                </Button>
              ) : null}
              <Button loading={busy} disabled={closed} data-autofocus onClick={() => void importCommand()}>
                Import
              </Button>
            </>
          )}
        </div>
      </div>
    </Modal>
  );
}

/** Before it is imported nothing is known of the columns that a rule decides. */
function notesOf({ notes, casts, renames }: LoadCommand): LoadNote[] {
  const later = 'What it decides is known once the source is looked at.';
  const all: LoadNote[] = [
    ...notes,
    ...casts.map(({ line, text }): LoadNote => ({ line, text: `CAST ${text}`, taken: 'yes', why: later })),
    ...renames.map(
      ({ line, to }): LoadNote => ({ line, text: `ALTER TABLE … RENAME TO '${to}'`, taken: 'yes', why: later }),
    ),
  ];
  return all.toSorted((a, b) => a.line - b.line);
}

const marks: Readonly<Record<LoadNote['taken'], Mark>> = { yes: 'proved', partly: 'warned', no: 'blocked' };
const words: Readonly<Record<LoadNote['taken'], string>> = { yes: 'taken', partly: 'in part', no: 'not taken' };

function Notes({ notes }: { readonly notes: readonly LoadNote[] }): React.JSX.Element {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className={classes.notes} tabIndex={0} aria-label="What the file says">
      <table className={classes.table}>
        <colgroup>
          <col style={{ width: 56 }} />
          <col style={{ width: 96 }} />
          <col style={{ width: '44%' }} />
          <col />
        </colgroup>
        <thead>
          <tr>
            <th className={classes.number}>Line</th>
            <th>Taken</th>
            <th>In the file</th>
            <th>Here</th>
          </tr>
        </thead>
        <tbody>
          {notes.map(({ line, text, taken, why }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes its order
            <tr key={`${line} ${i}`}>
              <td className={`mono ${classes.number}`}>{count(line)}</td>
              <td>
                <StateMark mark={marks[taken]}>{words[taken]}</StateMark>
              </td>
              <td className={`mono ${classes.said}`}>{text}</td>
              <td className={classes.said}>{why}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
