// The screen Settings: how it looks, how hard a run works, where Drover keeps its data. Saved as it is changed.

import { SegmentedControl } from '@mantine/core';
import { theme } from '../../../shared/model/desk.ts';
import { changeSettings, deskStore } from '../../client/stores/desk.ts';
import { useFrom } from '../../client/use-from.ts';
import { Screen } from '../../ui/layout/Screen.tsx';
import { CopyText } from '../../ui/state/CopyText.tsx';
import { ErrorNote } from '../../ui/state/ErrorNote.tsx';
import { Connections } from './Connections.tsx';
import { EngineLimits } from './EngineLimits.tsx';
import { Setting } from './Setting.tsx';
import classes from './settings.module.css';

const themeNames = { system: 'System', light: 'Light', dark: 'Dark' } as const;
const themes = theme.options.map((value) => ({ value, label: themeNames[value] }));

export function SettingsScreen(): React.JSX.Element {
  const desk = useFrom(deskStore, (state) => state.desk);
  const error = useFrom(deskStore, (state) => state.error);
  return (
    <Screen title="Settings" facts={<span>Saved as you change them.</span>} page>
      {error ? <ErrorNote error={error} /> : null}
      {desk ? (
        <div className={classes.settings}>
          <section aria-label="Look">
            <h2>Look</h2>
            <Setting name="Theme" words="System is what this machine is set to, and changes with it.">
              <SegmentedControl
                aria-label="Theme"
                fullWidth
                data={themes}
                value={desk.settings.theme}
                onChange={(chosen) => void changeSettings({ theme: chosen })}
              />
            </Setting>
          </section>
          <EngineLimits settings={desk.settings} />
          <Connections connections={desk.connections} />
          <section aria-label="This machine">
            <h2>This machine</h2>
            <Setting
              name="Data folder"
              words="Projects, history, reports and the sample. To use another one, set DROVER_HOME before Drover is started; what is here can be moved there."
            >
              <CopyText text={desk.home} label="the data folder" />
            </Setting>
            <Setting name="Version" words="Of Drover, as reports name it.">
              <CopyText text={desk.version} label="the version" />
            </Setting>
          </section>
        </div>
      ) : null}
    </Screen>
  );
}
