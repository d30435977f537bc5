// What was found at one place, each with remedies that a click takes.

import type { Finding } from '../../../../shared/model/finding.ts';
import { FindingNote } from '../../../ui/state/FindingNote.tsx';
import classes from '../map.module.css';
import { takeRemedy } from '../mapping.ts';

export function Findings({ findings }: { readonly findings: readonly Finding[] }): React.JSX.Element | null {
  if (findings.length === 0) return null;
  return (
    <div className={classes.findings}>
      {findings.map((finding) => (
        <FindingNote key={`${finding.code} ${finding.message}`} finding={finding} onTake={takeRemedy} />
      ))}
    </div>
  );
}
