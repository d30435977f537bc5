// Which screen stands at which place. Each is fetched on its own, so that the first one is there at once.

import { type ComponentType, lazy, Suspense, useEffect } from 'react';
import { assertNever } from '../../shared/errors.ts';
import type { Place } from '../client/stores/navigation.ts';

const fetchers = {
  home: () => import('../features/home/HomeScreen.tsx').then(({ HomeScreen }) => HomeScreen),
  connect: () => import('../features/connect/ConnectScreen.tsx').then(({ ConnectScreen }) => ConnectScreen),
  inspect: () => import('../features/inspect/InspectScreen.tsx').then(({ InspectScreen }) => InspectScreen),
  map: () => import('../features/map/MapScreen.tsx').then(({ MapScreen }) => MapScreen),
  plan: () => import('../features/plan/PlanScreen.tsx').then(({ PlanScreen }) => PlanScreen),
  run: () => import('../features/run/RunScreen.tsx').then(({ RunScreen }) => RunScreen),
  report: () => import('../features/report/ReportScreen.tsx').then(({ ReportScreen }) => ReportScreen),
  history: () => import('../features/history/HistoryScreen.tsx').then(({ HistoryScreen }) => HistoryScreen),
  settings: () => import('../features/settings/SettingsScreen.tsx').then(({ SettingsScreen }) => SettingsScreen),
} as const;

const screens = {
  home: later(fetchers.home),
  connect: later(fetchers.connect),
  inspect: later(fetchers.inspect),
  map: later(fetchers.map),
  plan: later(fetchers.plan),
  run: later(fetchers.run),
  report: later(fetchers.report),
  history: later(fetchers.history),
  settings: later(fetchers.settings),
} as const;

export function ScreenOf({ place }: { readonly place: Place }): React.JSX.Element {
  // Once the first screen stands, the others come along, so that no change of screens has to wait.
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const fetch of Object.values(fetchers)) void fetch();
    }, 300);
    return () => clearTimeout(timer);
  }, []);
  return <Suspense fallback={null}>{screenAt(place)}</Suspense>;
}

function screenAt(place: Place): React.JSX.Element {
  switch (place.at) {
    case 'home':
      return <screens.home />;
    case 'connect':
      return <screens.connect />;
    case 'inspect':
      return <screens.inspect table={place.table ?? null} />;
    case 'map':
      return <screens.map table={place.table ?? null} column={place.column ?? null} />;
    case 'plan':
      return <screens.plan table={place.table ?? null} />;
    case 'run':
      return <screens.run />;
    case 'report':
      return <screens.report run={place.run ?? null} />;
    case 'history':
      return <screens.history />;
    case 'settings':
      return <screens.settings />;
    default:
      return assertNever(place);
  }
}

function later<P extends object>(fetch: () => Promise<ComponentType<P>>) {
  return lazy(async () => ({ default: await fetch() }));
}
