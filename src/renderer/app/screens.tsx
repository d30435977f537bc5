// Which screen stands at which place. Each is fetched on its own, so that the first one is there at once.

import { type ComponentType, lazy, Suspense, useEffect, useState } from 'react';
import { assertNever } from '../../shared/errors.ts';
import type { Place } from '../client/stores/navigation.ts';

const screens = {
  home: later(() => import('../features/home/HomeScreen.tsx').then(({ HomeScreen }) => HomeScreen)),
  connect: later(() => import('../features/connect/ConnectScreen.tsx').then(({ ConnectScreen }) => ConnectScreen)),
  inspect: later(() => import('../features/inspect/InspectScreen.tsx').then(({ InspectScreen }) => InspectScreen)),
  map: later(() => import('../features/map/MapScreen.tsx').then(({ MapScreen }) => MapScreen)),
  plan: later(() => import('../features/plan/PlanScreen.tsx').then(({ PlanScreen }) => PlanScreen)),
  run: later(() => import('../features/run/RunScreen.tsx').then(({ RunScreen }) => RunScreen)),
  report: later(() => import('../features/report/ReportScreen.tsx').then(({ ReportScreen }) => ReportScreen)),
  history: later(() => import('../features/history/HistoryScreen.tsx').then(({ HistoryScreen }) => HistoryScreen)),
  settings: later(() => import('../features/settings/SettingsScreen.tsx').then(({ SettingsScreen }) => SettingsScreen)),
} as const;

/** Resolves when the screen can be drawn without waiting. */
export function fetchScreen({ at }: Place): Promise<void> {
  return screens[at].fetch();
}

export function ScreenOf({ place }: { readonly place: Place }): React.JSX.Element {
  // Once the first screen stands, the others come along, so that no change of screens has to wait.
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const { fetch } of Object.values(screens)) void fetch().catch(() => undefined);
    }, 300);
    return () => clearTimeout(timer);
  }, []);
  return <Suspense fallback={null}>{screenAt(place)}</Suspense>;
}

function screenAt(place: Place): React.JSX.Element {
  switch (place.at) {
    case 'home':
      return <screens.home.Screen />;
    case 'connect':
      return <screens.connect.Screen />;
    case 'inspect':
      return <screens.inspect.Screen table={place.table ?? null} />;
    case 'map':
      return <screens.map.Screen table={place.table ?? null} column={place.column ?? null} />;
    case 'plan':
      return <screens.plan.Screen table={place.table ?? null} />;
    case 'run':
      return <screens.run.Screen />;
    case 'report':
      return <screens.report.Screen run={place.run ?? null} />;
    case 'history':
      return <screens.history.Screen />;
    case 'settings':
      return <screens.settings.Screen />;
    default:
      return assertNever(place);
  }
}

/** A screen that has come is drawn at once. `lazy` alone would wait a moment, and React then holds back for 300 ms what it has waited for. */
function later<P extends object>(load: () => Promise<ComponentType<P>>) {
  let come: ComponentType<P> | null = null;
  const fetch = async (): Promise<void> => {
    come = await load();
  };
  const Coming = lazy(async () => ({ default: await load() }));
  return {
    fetch,
    Screen: function Screen(props: P): React.JSX.Element {
      // Kept while it stands: another type would begin it anew.
      const [Drawn] = useState(() => come ?? Coming);
      return <Drawn {...props} />;
    },
  };
}
