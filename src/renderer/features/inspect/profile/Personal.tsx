// The mark of a column that seems to hold data about persons, with its reason.

import type { PersonalMark } from '../../../../shared/model/column-profile.ts';
import { personalWords } from '../../../../shared/profile-words.ts';
import { StateMark } from '../../../ui/state/StateMark.tsx';

export interface PersonalProps {
  readonly marks: readonly PersonalMark[];
  /** Says in short why: by name, by value. */
  readonly why?: boolean;
}

/** In a cell: the kind, and the whole reason to whoever points at it. */
export function Personal({ marks, why = false }: PersonalProps): React.JSX.Element | null {
  if (marks.length === 0) return null;
  return (
    <span title={personalWords(marks).join('; ')}>
      <StateMark mark="noted">
        <span>
          {[...new Set(marks.map(({ kind }) => kind))].join(', ')}
          {why ? <span className="quiet">, by {[...new Set(marks.map(({ by }) => by))].join(' and ')}</span> : null}
        </span>
      </StateMark>
    </span>
  );
}
