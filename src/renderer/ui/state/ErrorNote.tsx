// An error that stays until its cause is gone: what happened, why, and what to do.

import { Button } from '@mantine/core';
import { type ReactNode, useContext } from 'react';
import type { DroverErrorData } from '../../../shared/errors.ts';
import { ErrorWays } from './error-way.ts';
import { StateMark } from './StateMark.tsx';
import classes from './state.module.css';

export interface ErrorNoteProps {
  readonly error: DroverErrorData;
  /** Buttons: try again, go there. */
  readonly children?: ReactNode;
}

export function ErrorNote({ error, children }: ErrorNoteProps): React.JSX.Element {
  const way = useContext(ErrorWays)(error);
  return (
    <div role="alert" className={classes.note} data-code={error.code}>
      <StateMark mark="blocked" size={16} />
      <div className={classes.words}>
        <div>{error.message}</div>
        {error.cause ? <p className={classes.cause}>{error.cause}</p> : null}
        {error.hint ? <div className="quiet">{error.hint}</div> : null}
        {children || way ? (
          <div className={classes.noteWays}>
            {way ? (
              <Button size="compact-xs" variant="default" onClick={way.go}>
                {way.words}
              </Button>
            ) : null}
            {children}
          </div>
        ) : null}
      </div>
    </div>
  );
}
