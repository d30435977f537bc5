// The rail: where am I, how does each stage stand, what is connected, and is my work saved.

import {
  IconArrowsLeftRight,
  IconChecklist,
  IconDatabaseSearch,
  IconFileCertificate,
  IconHistory,
  IconHome,
  IconPlayerPlay,
  IconPlugConnected,
  IconSettings,
} from '@tabler/icons-react';
import type { Side } from '../../shared/contract.ts';
import { go, navigation, type Stage, stages } from '../client/stores/navigation.ts';
import { projectStore } from '../client/stores/project.ts';
import { sides } from '../client/stores/sides.ts';
import type { StageState } from '../client/stores/stage-state.ts';
import { useStage } from '../client/stores/workflow.ts';
import { useFrom } from '../client/use-from.ts';
import { type Mark, StateMark } from '../ui/state/StateMark.tsx';
import classes from './app.module.css';
import { Saved } from './Saved.tsx';

const titles: Readonly<Record<Stage, string>> = {
  connect: 'Connect',
  inspect: 'Inspect',
  map: 'Map',
  plan: 'Plan',
  run: 'Run',
  report: 'Report',
};

const icons = {
  connect: IconPlugConnected,
  inspect: IconDatabaseSearch,
  map: IconArrowsLeftRight,
  plan: IconChecklist,
  run: IconPlayerPlay,
  report: IconFileCertificate,
} as const;

export function Rail({ stage }: { readonly stage: Stage | null }): React.JSX.Element {
  const name = useFrom(projectStore, ({ project }) => project?.name ?? null);
  const at = useFrom(navigation, ({ place }) => place.at);
  const current = (place: typeof at) => (place === at ? ('page' as const) : undefined);
  return (
    <nav className={classes.rail} aria-label="Stages" data-no-print>
      <button
        type="button"
        className={classes.brand}
        aria-current={current('home')}
        onClick={() => go({ at: 'home' })}
        aria-label={`${name ?? 'Drover'}: Home`}
      >
        <IconHome size={16} stroke={1.75} aria-hidden />
        <span className="ellipsis">{name ?? 'Drover'}</span>
      </button>
      <Saved />
      <ol className={classes.stages}>
        {stages.map((each) => (
          <li key={each}>
            <StageButton stage={each} current={each === stage} />
          </li>
        ))}
      </ol>
      <div className={classes.badges}>
        <Badge side="source" />
        <Badge side="target" />
      </div>
      <div className={classes.foot}>
        <button
          type="button"
          className={classes.stage}
          aria-current={current('history')}
          onClick={() => go({ at: 'history' })}
        >
          <IconHistory size={16} stroke={1.75} aria-hidden />
          History
        </button>
        <button
          type="button"
          className={classes.stage}
          aria-current={current('settings')}
          onClick={() => go({ at: 'settings' })}
        >
          <IconSettings size={16} stroke={1.75} aria-hidden />
          Settings
        </button>
      </div>
    </nav>
  );
}

function StageButton({ stage, current }: { readonly stage: Stage; readonly current: boolean }): React.JSX.Element {
  const state = useStage(stage);
  const Icon = icons[stage];
  const { mark, word } = shown(state);
  return (
    <button
      type="button"
      className={classes.stage}
      aria-current={current ? 'step' : undefined}
      data-stage={stage}
      data-running={state.kind === 'running' || undefined}
      onClick={() => go({ at: stage })}
    >
      <Icon size={16} stroke={1.75} aria-hidden />
      <span className={classes.stageName}>{titles[stage]}</span>
      {mark ? <StateMark mark={mark}>{word === '' ? undefined : word}</StateMark> : null}
    </button>
  );
}

/** What the rail says of a stage: a mark, and a word or figure where it tells more. */
function shown(state: StageState): { readonly mark: Mark | null; readonly word: string } {
  switch (state.kind) {
    case 'todo':
      return { mark: null, word: '' };
    case 'ok':
      return { mark: 'proved', word: '' };
    case 'busy':
      return { mark: 'busy', word: '' };
    case 'findings':
      return { mark: 'warned', word: String(state.count) };
    case 'blocked':
      return { mark: 'blocked', word: String(state.count) };
    case 'running':
      return { mark: 'busy', word: `${state.percent} %` };
    case 'unknown':
      return { mark: 'warned', word: '?' };
    case 'partial':
      return { mark: 'warned', word: '' };
    case 'undone':
      return { mark: 'undone', word: '' };
    case 'open':
      return { mark: 'warned', word: '' };
    case 'failed':
      return { mark: 'blocked', word: '' };
  }
}

function Badge({ side }: { readonly side: Side }): React.JSX.Element | null {
  const { url, tested } = useFrom(sides, (state) => state[side]);
  if (url === '') return null;
  const mark: Mark =
    tested.state === 'ok'
      ? 'proved'
      : tested.state === 'failed'
        ? 'blocked'
        : tested.state === 'testing'
          ? 'busy'
          : 'todo';
  return (
    <button type="button" className={classes.badge} onClick={() => go({ at: 'connect' })} title={url}>
      <StateMark mark={mark} size={12}>
        <span className="quiet">{side}</span>
      </StateMark>
      <span className={`mono ellipsis ${classes.badgeName}`}>{shortName(url)}</span>
    </button>
  );
}

/** What tells one database from another in 180 pixels: its name, then where it is. */
function shortName(url: string): string {
  const plain = url.replace(/[?#].*$/, '');
  const [, name = plain] = /([^/\\]+)$/.exec(plain) ?? [];
  return decodeURIComponent(name.replace(/^sqlite:/, ''));
}
