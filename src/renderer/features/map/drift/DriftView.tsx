// Drift, table by table and column by column: what was, what is now, what it means, and what can be done about it.

import { Button } from '@mantine/core';
import { useState } from 'react';
import type { DroverErrorData } from '../../../../shared/errors.ts';
import { many } from '../../../../shared/format.ts';
import type { Difference, Drift } from '../../../../shared/model/drift.ts';
import { failureOf } from '../../../client/failure.ts';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import { markOf } from '../../../ui/state/FindingNote.tsx';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import classes from './drift.module.css';
import { acceptAll, type Way, waysOf } from './ways.ts';

/** More rows at once nobody reads; the next come as these are settled. */
const MOST = 200;

export function DriftView({ drift }: { readonly drift: Drift }): React.JSX.Element {
  const [busy, setBusy] = useState<string | null>(null);
  const [error, setError] = useState<DroverErrorData | null>(null);

  async function act({ label, act }: Pick<Way, 'label' | 'act'>): Promise<void> {
    setBusy(label);
    setError(null);
    try {
      await act();
    } catch (thrown) {
      setError(failureOf(thrown));
    } finally {
      setBusy(null);
    }
  }

  const shown = drift.differences.slice(0, MOST);
  const rest = drift.differences.length - shown.length;
  return (
    <section className={classes.view} aria-label="What changed since it was mapped">
      <header className={classes.head}>
        <h2>What changed since it was mapped</h2>
        <p className="quiet">
          {drift.known
            ? 'Nothing of the mapping is changed unless you do it here; each step can be undone. What you accept is saved as what the project is mapped against.'
            : 'This project does not say what it was mapped against, so only what is gone or new can be told. Accept all to have it say so from now on.'}
        </p>
        <Button
          variant="default"
          loading={busy === ALL}
          disabled={busy !== null}
          title="The mapping stays as it is; what it reads and is gone stays in the way"
          onClick={() => void act({ label: ALL, act: acceptAll })}
        >
          Accept all
        </Button>
      </header>
      {error ? <ErrorNote error={error} /> : null}
      {groupsOf(shown).map(({ title, side, differences }) => (
        <table key={`${side} ${title}`} className={classes.table}>
          <caption>
            <span className="mono">{title}</span> <span className="quiet">{side}</span>
          </caption>
          <colgroup>
            <col style={{ width: '20%' }} />
            <col style={{ width: '22%' }} />
            <col />
            <col style={{ width: 268 }} />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Was → is</th>
              <th scope="col">What it means</th>
              <th scope="col">
                <span className={classes.heard}>Ways</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {differences.map((each) => (
              <tr key={`${each.column} ${each.kind}`} data-severity={each.severity}>
                <th scope="row">
                  <StateMark mark={markOf[each.severity]}>
                    {each.column === null ? null : <span className="mono">{each.column}</span>} {wordsOf(each)}
                  </StateMark>
                </th>
                <td className="mono">
                  <WasIs difference={each} />
                </td>
                <td>
                  {each.message}
                  {each.mapped ? (
                    <div className="mono quiet">
                      → {each.mapped.target} {each.mapped.type}
                    </div>
                  ) : null}
                </td>
                <td>
                  <div className={classes.ways}>
                    {waysOf(each, drift).map((way) => (
                      <Button
                        key={way.words}
                        size="compact-xs"
                        variant="default"
                        aria-label={way.label}
                        loading={busy === way.label}
                        disabled={busy !== null}
                        onClick={() => void act(way)}
                      >
                        {way.words}
                      </Button>
                    ))}
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
      {rest > 0 ? <p className="quiet">{many(rest, 'more difference')} will stand here as these are settled.</p> : null}
    </section>
  );
}

const ALL = 'all';

function WasIs({ difference: { was, now } }: { readonly difference: Difference }): React.JSX.Element {
  if (was === null) return <>{now}</>;
  if (now === null) return <del>{was}</del>;
  return (
    <>
      <span className="quiet">{was} →</span> {now}
    </>
  );
}

function wordsOf({ kind, column }: Difference): string {
  switch (kind) {
    case 'gone':
      return 'is gone';
    case 'new':
      return 'is new';
    case 'retyped':
      return 'has another type';
    case 'nullability':
      return 'NULL or not';
    case 'key':
      return column === null ? 'has another primary key' : 'in the key';
  }
}

interface Group {
  readonly title: string;
  readonly side: Difference['side'];
  readonly differences: Difference[];
}

/** In order of first appearance. */
function groupsOf(differences: readonly Difference[]): Group[] {
  const groups = new Map<string, Group>();
  for (const each of differences) {
    const key = `${each.side} ${each.table}`;
    const group = groups.get(key) ?? { title: each.table, side: each.side, differences: [] };
    group.differences.push(each);
    groups.set(key, group);
  }
  return [...groups.values()];
}
