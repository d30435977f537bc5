// Which rows move: a condition in the source's own words, with how many rows meet it.

import { useEffect, useMemo, useRef, useState } from 'react';
import { count } from '../../../../shared/format.ts';
import type { TableMapping } from '../../../../shared/model/mapping.ts';
import { engine } from '../../../client/engine.ts';
import { catalogs } from '../../../client/stores/catalogs.ts';
import { endpointOf } from '../../../client/stores/sides.ts';
import { useFrom } from '../../../client/use-from.ts';
import { CodeView } from '../../../ui/code/CodeView.tsx';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import classes from '../map.module.css';
import { doEdit } from '../mapping.ts';
import { setFilter } from '../model/edits.ts';
import { useLatest } from '../use-latest.ts';

const COUNT_AFTER_MS = 450;
const KEEP_AFTER_MS = 1200;

export interface FilterFieldProps {
  readonly table: string;
  readonly mapping: TableMapping;
}

export function FilterField({ table, mapping }: FilterFieldProps): React.JSX.Element {
  const family = useFrom(catalogs, ({ source }) => (source.state === 'ready' ? source.overview.server.family : null));
  const kept = mapping.filter ?? '';
  const [draft, setDraft] = useState(kept);
  const latest = useRef(draft);
  latest.current = draft;

  // Undo and redo change it from outside.
  useEffect(() => setDraft(kept), [kept]);

  function keep(): void {
    doEdit(setFilter(table, latest.current));
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: some time after the last letter
  useEffect(() => {
    if (draft === kept) return;
    const timer = setTimeout(keep, KEEP_AFTER_MS);
    return () => clearTimeout(timer);
  }, [draft]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the editor within takes the keys
    <div
      className={classes.field}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) keep();
      }}
    >
      <div className={classes.label}>Only rows where</div>
      <div className={classes.code}>
        <CodeView
          label={`Filter of ${table}`}
          text={draft}
          family={family ?? 'sqlite'}
          onChange={setDraft}
          lines={false}
        />
      </div>
      <Matching source={mapping.source} filter={draft} />
    </div>
  );
}

/** "1,203 of 5,000 rows", counted in the source as one types. */
function Matching({ source, filter }: { readonly source: string; readonly filter: string }): React.JSX.Element {
  const wanted = filter.trim();
  const question = useMemo(
    () =>
      wanted === ''
        ? null
        : (signal: AbortSignal) =>
            engine.call('map.count', { source: endpointOf('source'), table: source, filter: wanted }, signal),
    [source, wanted],
  );
  const { value, error, asking } = useLatest(question, COUNT_AFTER_MS);
  if (wanted === '')
    return <div className={`quiet ${classes.hint}`}>Empty: every row moves. SQL, as the source writes it.</div>;
  if (error) return <ErrorNote error={error} />;
  return (
    <div className={classes.hint} aria-live="polite">
      {value && !asking ? (
        `${count(value.matching)} of ${count(value.rows)} rows`
      ) : (
        <span className="quiet">Counting rows</span>
      )}
    </div>
  );
}
