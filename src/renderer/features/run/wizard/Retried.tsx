// Says that what is prepared are rows in quarantine, not the whole project, and leads back to where they are listed.

import { Button } from '@mantine/core';
import { list, many } from '../../../../shared/format.ts';
import { go } from '../../../client/stores/navigation.ts';
import { leaveRetry, type Retry } from '../../../client/stores/retry.ts';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import classes from './wizard.module.css';

export function Retried({ retry: { of, rows, left } }: { readonly retry: Retry }): React.JSX.Element {
  function back(): void {
    go({ at: 'report', run: of });
    leaveRetry();
  }
  return (
    <div className={classes.last}>
      <StateMark mark="noted">
        <span>
          A retry: {many(rows, 'row')} in quarantine of run <span className="mono">{of}</span>, added to what it has
          published.
          {left.length === 0
            ? ''
            : ` What that run left out is not in it: ${list(left)}. Run the project again for them.`}
        </span>
      </StateMark>
      <Button size="compact-xs" variant="default" onClick={back}>
        Back to its report
      </Button>
    </div>
  );
}
