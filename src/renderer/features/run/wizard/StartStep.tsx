// Step 4: how hard it may work, and the one deliberate act: the target's name, typed.

import { Button, TextInput } from '@mantine/core';
import { useId } from 'react';
import { capitalized, count, list, many } from '../../../../shared/format.ts';
import { mergingWords } from '../../../../shared/merging-words.ts';
import type { Plan } from '../../../../shared/model/plan.ts';
import { targetName } from '../../../../shared/run-places.ts';
import { deskStore } from '../../../client/stores/desk.ts';
import { runStore, startRun } from '../../../client/stores/run.ts';
import { useFrom } from '../../../client/use-from.ts';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import { obstacle } from '../model/checks.ts';
import { type Ending, endingWords, readOptions, typedFrom, withEnding } from '../model/options.ts';
import { firstNames, nameFault, type Scope, scopeOf } from '../model/wizard.ts';
import { usePrepared } from '../prepared.ts';
import { runView } from '../run-view.ts';
import { EndingChoice } from './EndingChoice.tsx';
import { Options } from './Options.tsx';
import { useChecks } from './use-checks.ts';
import classes from './wizard.module.css';

export function StartStep({ plan }: { readonly plan: Plan }): React.JSX.Element {
  const { project, retry, target: url } = usePrepared();
  const typed = useFrom(runView, (state) => state.typed);
  const chosen = useFrom(runView, (state) => state.options);
  const settings = useFrom(deskStore, ({ desk }) => desk?.settings ?? null);
  const starting = useFrom(runStore, (state) => state.starting);
  const error = useFrom(runStore, (state) => (state.run === null ? state.error : null));
  const name = targetName(url);
  const obstacleId = useId();
  const { replaced } = scopeOf(plan);
  const fields = chosen ?? typedFrom(settings, project?.run);
  const read = readOptions(fields);
  const { faults } = read;
  const ending = useFrom(runView, (state) => state.ending) ?? 'publish';
  const options = withEnding(read.options, ending);
  const checked = obstacle(useChecks());
  const standsInTheWay = checked ?? (Object.keys(faults).length > 0 ? 'An option above can’t be taken.' : null);
  const reason = standsInTheWay ?? nameFault(typed, name);

  function start(): void {
    if (reason !== null || starting) return;
    runView.setState({ started: options, typed: '' });
    void startRun(options, retry);
  }

  return (
    <>
      <EndingChoice ending={ending} onChange={(next) => runView.setState({ ending: next })} />
      <Options typed={fields} faults={faults} onChange={(next) => runView.setState({ options: next })} />
      <section>
        <h3>What will happen</h3>
        <p>
          {many(plan.tables.length, 'table')} {plan.tables.length === 1 ? 'is' : 'are'} loaded beside your own,
          compared, and then {then[ending].before} <span className="mono">{name}</span>
          {then[ending].after} {ending === 'rehearse' ? null : fateWords(scopeOf(plan))}
        </p>
        {replaced.length === 0 || ending === 'rehearse' ? null : (
          <p>
            <StateMark mark="warned">
              Replaced: <span className="mono">{firstNames(replaced.map(({ target }) => target.name))}</span>
            </StateMark>
          </p>
        )}
        <TextInput
          className={classes.name ?? ''}
          classNames={typing}
          label={
            <>
              Type <span className="mono">{name}</span>, the name of the target, to go on
            </>
          }
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => runView.setState({ typed: event.currentTarget.value })}
        />
      </section>
      {error ? <ErrorNote error={error} /> : null}
      <div className={classes.begin}>
        <Button
          loading={starting}
          {...(reason === null ? {} : { 'data-disabled': true, 'aria-describedby': obstacleId })}
          aria-disabled={reason !== null}
          onClick={start}
        >
          {endingWords[ending].start}
        </Button>
        <span id={obstacleId} role="status">
          {starting ? (
            <StateMark mark="busy">Starting: the plan is made once more, so that it is fresh.</StateMark>
          ) : reason !== null && (standsInTheWay || typed !== '') ? (
            <StateMark mark="blocked">{reason}</StateMark>
          ) : (
            <span className="quiet">{reason}</span>
          )}
        </span>
      </div>
    </>
  );
}

/** What becomes of the tables once they are compared, around the name of the target. */
const then: Readonly<Record<Ending, { readonly before: string; readonly after: string }>> = {
  publish: { before: 'published together into', after: '.' },
  hold: { before: 'wait there until you publish them into', after: '.' },
  rehearse: { before: 'taken back:', after: ' stays as it is, and that is looked at.' },
};

function fateWords({ replaced, merged, added }: Scope): string {
  const adding =
    merged.length > 0 ? `${capitalized(list(mergingWords(merged)))}, and what they held before is kept. ` : '';
  if (replaced.length > 0) {
    return `${adding}${many(replaced.length, 'table')} ${replaced.length === 1 ? 'is' : 'are'} replaced and kept as a backup${newWords(added.length)}.`;
  }
  return merged.length > 0
    ? `${adding}${count(added.length)} ${added.length === 1 ? 'is' : 'are'} new.`
    : 'All are new there.';
}

function newWords(tables: number): string {
  return tables === 0 ? '' : `; ${count(tables)} ${tables === 1 ? 'is' : 'are'} new`;
}

const typing = { input: 'mono' };
