// What was found, as marks with figures: blocks, warns and notes of one row.

import { many } from '../../../shared/format.ts';
import type { Finding } from '../../../shared/model/finding.ts';
import { StateMark } from '../../ui/state/StateMark.tsx';
import classes from './map.module.css';
import { tally } from './model/issues.ts';

export function Marks({ findings }: { readonly findings: readonly Finding[] }): React.JSX.Element | null {
  if (findings.length === 0) return null;
  const { blocker, warning, note } = tally(findings);
  return (
    <span className={classes.marks} title={findings.map(({ message }) => message).join('\n')}>
      {blocker > 0 ? (
        <StateMark mark="blocked">
          <Figure n={blocker} what={many(blocker, 'blocker')} />
        </StateMark>
      ) : null}
      {warning > 0 ? (
        <StateMark mark="warned">
          <Figure n={warning} what={many(warning, 'warning')} />
        </StateMark>
      ) : null}
      {note > 0 && blocker + warning === 0 ? (
        <StateMark mark="noted">
          <Figure n={note} what={many(note, 'note')} />
        </StateMark>
      ) : null}
    </span>
  );
}

function Figure({ n, what }: { readonly n: number; readonly what: string }): React.JSX.Element {
  return (
    <>
      <span aria-hidden>{n}</span>
      <span className={classes.heard}>{what}</span>
    </>
  );
}
