// A finding of the plan: what is so, and its remedies, each a button where the project can be changed for the person.

import { Button } from '@mantine/core';
import type { Change, Finding, Severity } from '../../../shared/model/finding.ts';
import { type Mark, StateMark } from './StateMark.tsx';
import classes from './state.module.css';

export const markOf: Readonly<Record<Severity, Mark>> = { blocker: 'blocked', warning: 'warned', note: 'noted' };

export interface FindingNoteProps {
  readonly finding: Finding;
  /** Absent: the remedies are only told. */
  readonly onTake?: (change: Change, text: string) => void;
  /** Goes to the place that caused it. */
  readonly onShow?: () => void;
}

export function FindingNote({ finding, onTake, onShow }: FindingNoteProps): React.JSX.Element {
  const { severity, message, remedies, code } = finding;
  return (
    <div className={classes.note} data-severity={severity} data-code={code}>
      <StateMark mark={markOf[severity]} size={16} />
      <div className={classes.words}>
        <div>{message}</div>
        {remedies.length > 0 ? (
          <ul className={classes.remedies}>
            {remedies.map(({ text, change }) => (
              <li key={text}>
                {change && onTake ? (
                  <Button
                    size="compact-xs"
                    variant="default"
                    onClick={() => onTake(change, text)}
                    classNames={wrapping}
                  >
                    {text}
                  </Button>
                ) : (
                  <span className="quiet">{text}</span>
                )}
              </li>
            ))}
          </ul>
        ) : null}
      </div>
      {onShow ? (
        <Button size="compact-xs" variant="subtle" onClick={onShow}>
          Show
        </Button>
      ) : null}
    </div>
  );
}

const wrapping = { root: classes.remedy ?? '', label: classes.label ?? '' };
