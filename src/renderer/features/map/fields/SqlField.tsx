// SQL that is written in the words of the source: kept on leaving the field, with Ctrl-Enter, or some time after the last letter.

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { catalogs } from '../../../client/stores/catalogs.ts';
import { useFrom } from '../../../client/use-from.ts';
import { CodeView } from '../../../ui/code/CodeView.tsx';
import classes from '../map.module.css';

const KEEP_AFTER_MS = 1200;

export interface SqlFieldProps {
  readonly label: string;
  /** What the editor is called by those who hear it. */
  readonly name: string;
  readonly value: string;
  /** Takes the focus when it comes. */
  readonly focused?: boolean;
  readonly onKeep: (sql: string) => void;
  /** What is said below of what stands in the field. */
  readonly hint: (draft: string) => ReactNode;
}

export function SqlField({ label, name, value, focused = false, onKeep, hint }: SqlFieldProps): React.JSX.Element {
  const family = useFrom(catalogs, ({ source }) => (source.state === 'ready' ? source.overview.server.family : null));
  const [draft, setDraft] = useState(value);
  const latest = useRef(draft);
  latest.current = draft;
  const box = useRef<HTMLDivElement>(null);

  // Undo and redo change it from outside.
  useEffect(() => setDraft(value), [value]);
  useEffect(() => {
    if (focused) box.current?.querySelector<HTMLElement>('.cm-content')?.focus();
  }, [focused]);

  function keep(): void {
    if (latest.current !== value) onKeep(latest.current);
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: some time after the last letter
  useEffect(() => {
    if (draft === value) return;
    const timer = setTimeout(keep, KEEP_AFTER_MS);
    return () => clearTimeout(timer);
  }, [draft]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the editor within takes the keys
    <div
      ref={box}
      className={classes.field}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) keep();
      }}
    >
      <div className={classes.label}>{label}</div>
      <div className={classes.code}>
        <CodeView label={name} text={draft} family={family ?? 'sqlite'} onChange={setDraft} lines={false} />
      </div>
      {hint(draft)}
    </div>
  );
}
