// What a rollback has done; it stays on the screen.

import { list, many } from '../../../../shared/format.ts';
import { type RolledBack, recovery } from '../../../client/stores/recovery.ts';
import { useFrom } from '../../../client/use-from.ts';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import { reporting } from '../report-store.ts';
import classes from './backups.module.css';

/** The names stand in the audit log as well. */
const SHOWN = 500;

export function RollbackResult(): React.JSX.Element | null {
  const run = useFrom(reporting, (state) => state.run);
  const result = useFrom(recovery, ({ results }) => (run === null ? null : (results[run] ?? null)));
  const lines = result ? linesOf(result) : [];
  if (lines.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls when the names are many, and keys scroll what has the focus
    <div className={classes.result} role="status" tabIndex={0} data-selectable>
      <StateMark mark="undone" size={16} />
      <ul>
        {lines.slice(0, SHOWN).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

function linesOf({ restored, removed, kept, staying }: RolledBack): readonly string[] {
  return [
    staying.length > 0
      ? `${many(staying.length, 'table')} of the run ${staying.length === 1 ? 'stays' : 'stay'} published.`
      : '',
    restored.length > 0 ? `${many(restored.length, 'table')} as before: ${list(restored, 12)}.` : '',
    removed.length > 0 ? `${many(removed.length, 'table')} of the run removed: ${list(removed, 12)}.` : '',
    kept.length > 0 ? `${many(kept.length, 'table')} of the run kept aside, with the newer rows:` : '',
    ...kept.map(({ table, keptAs }) => `${table} is now ${keptAs}`),
  ].filter(Boolean);
}
