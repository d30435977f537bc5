// Where the person is. The address bar tells it too, so that Back and Forward work in a browser.

import { createStore } from 'zustand/vanilla';

/** The six stages, in the order of the rail. */
export const stages = ['connect', 'inspect', 'map', 'plan', 'run', 'report'] as const;
export type Stage = (typeof stages)[number];

export type Place =
  | { readonly at: 'home' }
  | { readonly at: 'history' }
  | { readonly at: 'settings' }
  | { readonly at: 'connect' }
  | { readonly at: 'inspect'; readonly table?: string }
  | { readonly at: 'map'; readonly table?: string; readonly column?: string }
  | { readonly at: 'plan'; readonly table?: string }
  | { readonly at: 'run' }
  /** Without a run: the last one of this project. */
  | { readonly at: 'report'; readonly run?: string };

export const navigation = createStore<{ readonly place: Place }>(() => ({ place: placeOf(location.hash) }));

window.addEventListener('hashchange', () => navigation.setState({ place: placeOf(location.hash) }));

export function go(place: Place): void {
  const hash = hashOf(place);
  if (hash === location.hash) return;
  // The hashchange event sets the store; doing it here as well saves a frame.
  location.hash = hash;
  navigation.setState({ place });
}

/** The same without a step that Back would return to: for a selection that walks. */
export function stay(place: Place): void {
  history.replaceState(null, '', hashOf(place));
  navigation.setState({ place });
}

export function isStage(at: Place['at']): at is Stage {
  return (stages as readonly string[]).includes(at);
}

function hashOf(place: Place): string {
  const { at, ...rest } = place;
  const words = new URLSearchParams(Object.entries(rest).filter(([, value]) => value !== undefined));
  return words.size > 0 ? `#${at}?${words}` : `#${at}`;
}

function placeOf(hash: string): Place {
  const [at = '', query = ''] = hash.replace(/^#/, '').split('?');
  const words = Object.fromEntries(new URLSearchParams(query));
  switch (at) {
    case 'history':
    case 'settings':
    case 'connect':
    case 'run':
      return { at };
    case 'inspect':
    case 'plan':
      return words.table === undefined ? { at } : { at, table: words.table };
    case 'map':
      return {
        at,
        ...(words.table === undefined ? {} : { table: words.table }),
        ...(words.column === undefined ? {} : { column: words.column }),
      };
    case 'report':
      return words.run === undefined ? { at } : { at, run: words.run };
    default:
      return { at: 'home' };
  }
}
