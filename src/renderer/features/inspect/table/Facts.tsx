// A short list of named facts under a title; nothing where there are none.

import { count } from '../../../../shared/format.ts';
import classes from './table.module.css';

export interface Fact {
  readonly name: string;
  readonly words: string;
  /** Goes to what is named. */
  readonly onGo?: (() => void) | undefined;
}

export interface FactsProps {
  readonly title: string;
  readonly facts: readonly Fact[];
  /** Said when there are none; absent, the title goes as well. */
  readonly none?: string;
  readonly note?: string;
}

/** A table with more than this is rare; the rest is counted. */
const SHOWN = 200;

export function Facts({ title, facts, none, note }: FactsProps): React.JSX.Element | null {
  if (facts.length === 0 && none === undefined) return null;
  return (
    <section className={classes.section}>
      <h3>{title}</h3>
      {facts.length === 0 ? <p className="quiet">{none}</p> : null}
      <ul>
        {facts.slice(0, SHOWN).map(({ name, words, onGo }) => (
          <li key={`${name} ${words}`}>
            {onGo ? (
              <button type="button" className={`mono ${classes.link}`} onClick={onGo}>
                {name}
              </button>
            ) : (
              <span className="mono">{name}</span>
            )}
            <span className={`mono ${classes.words}`}>{words}</span>
          </li>
        ))}
      </ul>
      {facts.length > SHOWN ? <p className="quiet">And {count(facts.length - SHOWN)} more.</p> : null}
      {note && facts.length > 0 ? <p className="quiet">{note}</p> : null}
    </section>
  );
}
