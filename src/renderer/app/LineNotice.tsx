// Says when the line to the engine is cut, and goes when it is back.

import { engine } from '../client/engine.ts';
import { useFrom } from '../client/use-from.ts';
import { StateMark } from '../ui/state/StateMark.tsx';
import classes from './app.module.css';

export function LineNotice(): React.JSX.Element | null {
  const state = useFrom(engine.line, (line) => line.state);
  if (state !== 'lost') return null;
  return (
    <div role="alert" className={classes.notice} data-no-print>
      <StateMark mark="warned">
        The engine does not answer. Drover tries to reach it again. A run does not need this window, only the engine.
      </StateMark>
    </div>
  );
}
