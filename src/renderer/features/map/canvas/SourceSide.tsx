// The left side of the canvas: the source's columns, which of them are taken, and keys to walk them.

import { IconKey, IconUser } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo } from 'react';
import type { Table } from '../../../../shared/model/catalog.ts';
import type { PersonalMark } from '../../../../shared/model/column-profile.ts';
import type { ColumnOrigin, TableMapping } from '../../../../shared/model/mapping.ts';
import { personalWords } from '../../../../shared/profile-words.ts';
import { OriginMark } from '../computed/OriginMark.tsx';
import { Marks } from '../Marks.tsx';
import classes from '../map.module.css';
import type { CanvasRows } from '../model/canvas.ts';
import { originText } from '../model/computed.ts';
import type { FindingsAt } from '../model/issues.ts';
import { byKey } from '../model/keys.ts';
import { shortType } from '../model/short-type.ts';
import { proposeColumn } from '../propose.ts';
import { select } from '../selection.ts';
import { stepOf } from '../step.ts';
import styles from './canvas.module.css';
import { ROW } from './measures.ts';

export interface SourceSideProps {
  readonly table: string;
  readonly mapping: TableMapping;
  readonly source: Table | null;
  readonly rows: CanvasRows;
  readonly first: number;
  readonly last: number;
  readonly column: string | null;
  readonly issues: FindingsAt;
  readonly personal: readonly PersonalMark[];
}

export function SourceSide({ table, mapping, source, rows, first, last, column, issues, personal }: SourceSideProps) {
  const chosen = column === null ? null : (byKey(mapping.columns, column)?.source ?? column);
  const at = rows.sources.indexOf(chosen ?? '');
  const keyed = useMemo(() => new Set(source?.primaryKey?.columns), [source]);
  const types = useMemo(() => new Map(source?.columns.map(({ name, native }) => [name, native])), [source]);
  const used = useMemo(
    () => new Set(mapping.columns.filter(({ skip }) => !skip).map((each) => each.source)),
    [mapping],
  );

  const read = useMemo(
    () => new Set(rows.reads.map(({ from }) => rows.sources[from]!).filter((name) => !used.has(name))),
    [rows, used],
  );

  const persons = useMemo(() => Map.groupBy(personal, (mark) => mark.column), [personal]);

  function press(event: KeyboardEvent): void {
    const to = stepOf(event.key, at, rows.sources.length);
    const next = to === null ? undefined : rows.sources[to];
    if (next !== undefined) {
      event.preventDefault();
      select(table, next);
    } else if ((event.key === 'Enter' || event.key === ' ') && chosen !== null && !byKey(mapping.columns, chosen)) {
      event.preventDefault();
      void proposeColumn(table, mapping, chosen);
    }
  }

  return (
    <div
      role="listbox"
      tabIndex={0}
      aria-label={`Columns of ${mapping.source} in the source`}
      aria-activedescendant={at >= first && at <= last ? `map-source-${at}` : undefined}
      className={styles.side}
      onKeyDown={press}
    >
      {rows.sources.slice(first, last + 1).map((name, i) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
        // biome-ignore lint/a11y/useFocusableInteractive: the list holds the focus
        <div
          key={name}
          id={`map-source-${first + i}`}
          role="option"
          aria-selected={name === chosen}
          data-drag={rows.computed.has(name) ? undefined : 'source'}
          data-computed={rows.computed.has(name) || undefined}
          data-read={read.has(name) || undefined}
          data-at={first + i}
          data-used={used.has(name) || undefined}
          className={styles.row}
          style={{ transform: `translateY(${(first + i) * ROW}px)` }}
          onClick={() => select(table, name)}
        >
          <Origin from={rows.computed.get(name)} />
          {keyed.has(name) ? <IconKey size={12} stroke={1.75} aria-hidden className="quiet" /> : null}
          <span className={styles.name} title={name}>
            <span className={styles.within}>{table}.</span>
            {name}
          </span>
          <Person marks={persons.get(name)} />
          <SourceType from={rows.computed.get(name)} type={types.get(name) ?? ''} />
          {byKey(mapping.columns, name) ? null : <Marks findings={issues(mapping.source, name)} />}
          <span className={styles.port} aria-hidden />
        </div>
      ))}
    </div>
  );
}

function Origin({ from }: { readonly from: ColumnOrigin | undefined }): React.JSX.Element | null {
  return from ? <OriginMark from={from} /> : null;
}

/** Seems to hold data about persons. */
function Person({ marks }: { readonly marks: readonly PersonalMark[] | undefined }): React.JSX.Element | null {
  if (!marks) return null;
  const words = `Personal, perhaps: ${personalWords(marks).join('; ')}`;
  return (
    <span className={styles.person} title={words}>
      <IconUser size={12} stroke={1.75} aria-hidden />
      <span className={classes.heard}>{words}</span>
    </span>
  );
}

/** Of a computed column, what it is computed from. */
function SourceType({ from, type }: { readonly from: ColumnOrigin | undefined; readonly type: string }) {
  const text = from ? originText(from) : type;
  return (
    <span className={styles.type} title={text}>
      {from ? text : shortType(text)}
    </span>
  );
}
