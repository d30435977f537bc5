// The frame of the app: rail on the left, one screen beside it, and what floats above.

import { MantineProvider } from '@mantine/core';
import { deskStore } from '../client/stores/desk.ts';
import { isStage, navigation } from '../client/stores/navigation.ts';
import { useFrom } from '../client/use-from.ts';
import { RecoveryDialog } from '../features/recovery/RecoveryDialog.tsx';
import { ErrorWays } from '../ui/state/error-way.ts';
import { cssVariables, theme } from '../ui/theme.ts';
import classes from './app.module.css';
import { wayFrom } from './error-ways.ts';
import { useKeys } from './keys.ts';
import { LeaveQuestion } from './LeaveQuestion.tsx';
import { LineNotice } from './LineNotice.tsx';
import { useLeaving } from './leaving.ts';
import { Palette } from './Palette.tsx';
import { Rail } from './Rail.tsx';
import { ScreenOf } from './screens.tsx';
import { useShellCommands } from './shell-commands.ts';
import { UnderWay } from './UnderWay.tsx';

export function App(): React.JSX.Element {
  const scheme = useFrom(deskStore, ({ desk }) => desk?.settings.theme ?? 'system');
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      {...(scheme === 'system' ? { defaultColorScheme: 'auto' } : { forceColorScheme: scheme })}
    >
      <Frame />
    </MantineProvider>
  );
}

/** Apart from the theme, which a change of screens would have reckoned anew. */
function Frame(): React.JSX.Element {
  const place = useFrom(navigation, (state) => state.place);
  useKeys();
  useLeaving();
  useShellCommands();
  return (
    <>
      <ErrorWays value={wayFrom}>
        <div className={classes.app}>
          <Rail stage={isStage(place.at) ? place.at : null} />
          <main className={classes.main}>
            <LineNotice />
            <UnderWay />
            <div className={classes.screen}>
              <ScreenOf place={place} />
            </div>
          </main>
        </div>
      </ErrorWays>
      <Palette />
      <LeaveQuestion />
      <RecoveryDialog />
    </>
  );
}
