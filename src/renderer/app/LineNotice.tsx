// Says when the line to the engine is cut, and goes when it is back.

import { engine, isLost } from '../client/engine.ts';
import { useFrom } from '../client/use-from.ts';
import { StateMark } from '../ui/state/StateMark.tsx';
import classes from './app.module.css';

export function LineNotice(): React.JSX.Element | null {
  const line = useFrom(engine.line, (state) => state);
  if (!isLost(line)) return null;
  return (
    <div role="alert" className={classes.notice} data-no-print>
      {line.state === 'refused' ? (
        <StateMark mark="blocked">
          This page’s key is no longer valid: Drover was started anew. Open it with the address that it printed then;
          projects and reports are kept.
        </StateMark>
      ) : (
        <StateMark mark="warned">
          The engine does not answer. Drover tries to reach it again. A run does not need this window, only the engine.
        </StateMark>
      )}
    </div>
  );
}
