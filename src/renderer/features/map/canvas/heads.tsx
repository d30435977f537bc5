// The heads of the canvas: what is read and what it becomes; and a line that says where else it goes, and that only some rows do.

import type { TableMapping } from '../../../../shared/model/mapping.ts';
import { catalogs } from '../../../client/stores/catalogs.ts';
import { projectStore } from '../../../client/stores/project.ts';
import { useFrom } from '../../../client/use-from.ts';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import { feedingsIn } from '../model/feeds.ts';
import { limitWords, otherUses, readingOf, readingWords, readsFrom } from '../model/uses.ts';
import { select } from '../selection.ts';
import styles from './canvas.module.css';

const SHOWN = 5;

export function Heads({ mapping }: { readonly mapping: TableMapping }): React.JSX.Element {
  const name = readsFrom(mapping) ?? mapping.source;
  return (
    <div className={styles.heads}>
      <div className="mono ellipsis" title={name}>
        {name}
      </div>
      <div className="mono ellipsis" title={mapping.target}>
        {mapping.skip ? <span className="quiet">left out</span> : mapping.target}
      </div>
    </div>
  );
}

interface NoticeProps {
  readonly table: string;
  readonly mapping: TableMapping;
}

/** A table that feeds several, and one that several feed, says which, and leads there. */
export function Notice({ table, mapping }: NoticeProps): React.JSX.Element | null {
  const tables = useFrom(projectStore, ({ project }) => project?.tables ?? null);
  const overview = useFrom(catalogs, ({ source }) => (source.state === 'ready' ? source.overview : null));
  const reading = readingOf(mapping, overview);
  const others = tables ? otherUses(tables, table) : [];
  const limited = mapping.skip ? null : limitWords(mapping.limit);
  const feeding = tables ? (feedingsIn(tables).get(table) ?? null) : null;
  if (reading === 'table' && others.length === 0 && !limited && !feeding) return null;
  return (
    <div className={styles.notice}>
      {limited ? <StateMark mark="warned">Rehearsal: {limited}</StateMark> : null}
      {reading === 'table' ? null : <span className="quiet">Reads {readingWords[reading]}</span>}
      {others.length > 0 ? <Also name={readsFrom(mapping) ?? ''} words="also feeds" tables={others} /> : null}
      {feeding ? (
        <Also
          name={feeding.target}
          words="is also fed by"
          tables={[feeding.lead, ...feeding.others].filter((other) => other !== table)}
        />
      ) : null}
    </div>
  );
}

interface AlsoProps {
  readonly name: string;
  readonly words: string;
  readonly tables: readonly string[];
}

function Also({ name, words, tables }: AlsoProps): React.JSX.Element {
  return (
    <span className={styles.also} title={`${name} ${words} ${tables.join(', ')}`}>
      <span className="mono">{name}</span> {words}{' '}
      {tables.slice(0, SHOWN).map((other, i) => (
        <span key={other}>
          {i > 0 ? ', ' : ''}
          <button type="button" className="mono" onClick={() => select(other)}>
            {other}
          </button>
        </span>
      ))}
      {tables.length > SHOWN ? ` and ${tables.length - SHOWN} more` : ''}
    </span>
  );
}
