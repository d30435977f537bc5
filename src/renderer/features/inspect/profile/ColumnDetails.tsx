// What is known of one column's values: shares, extremes, findings, histogram, most frequent values, patterns, masks.

import type { ReactNode } from 'react';
import type { Side } from '../../../../shared/contract.ts';
import { count, many } from '../../../../shared/format.ts';
import type { ColumnProfile } from '../../../../shared/model/column-profile.ts';
import {
  bars,
  distinctWords,
  edged,
  lengthWords,
  personalWords,
  scopeWords,
  share,
  storedWords,
} from '../../../../shared/profile-words.ts';
import { CopyText } from '../../../ui/state/CopyText.tsx';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import { Histogram } from './Histogram.tsx';
import classes from './profile.module.css';

export interface ColumnDetailsProps {
  readonly side: Side;
  readonly profile: ColumnProfile;
}

export function ColumnDetails({ side, profile }: ColumnDetailsProps): React.JSX.Element {
  const { histogram, late } = profile;
  return (
    <>
      <header className={classes.head}>
        <h3 className="mono">{profile.column}</h3>
        <span className="mono quiet">{profile.native || 'no type'}</span>
        <span className="quiet">{scopeWords(profile.scope)}</span>
      </header>
      <Facts profile={profile} />
      <Findings profile={profile} />
      {histogram && histogram.buckets.length > 1 ? <Histogram side={side} histogram={histogram} /> : null}
      <MostFrequent profile={profile} />
      <Patterns profile={profile} />
      <PersonalData profile={profile} />
      {late.length > 0 ? <StateMark mark="warned">Not found in time: {late.join(', ')}</StateMark> : null}
    </>
  );
}

function Facts({ profile }: { readonly profile: ColumnProfile }): React.JSX.Element {
  const { nulls, scope, min, max, lengths, stored } = profile;
  return (
    <dl className={classes.facts}>
      <Fact name="NULL">
        <span className={classes.track} aria-hidden hidden={nulls === 0}>
          <span className={classes.part} style={{ width: `${(nulls / Math.max(1, scope.rows)) * 100}%` }} />
        </span>
        {nulls === 0 ? 'none' : `${share(nulls, scope.rows)}, ${many(nulls, 'row')}`}
      </Fact>
      <Fact name="Different">{distinctWords(profile)}</Fact>
      {min === null || max === null ? null : (
        <>
          <Fact name="Least">
            <Value text={min} />
          </Fact>
          <Fact name="Greatest">
            <Value text={max} />
          </Fact>
        </>
      )}
      {lengths ? <Fact name="Length">{lengthWords(lengths)}</Fact> : null}
      {stored.length > 0 ? <Fact name="Stored">{storedWords(stored)}</Fact> : null}
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): React.JSX.Element {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Value({ text, cut = false }: { readonly text: string; readonly cut?: boolean }): React.JSX.Element {
  if (text === '') return <span className={classes.absent}>empty text</span>;
  return (
    <span className={classes.value} title={text}>
      {edged(text)}
      {cut ? '…' : ''}
    </span>
  );
}

function Findings({ profile: { findings } }: { readonly profile: ColumnProfile }): React.JSX.Element | null {
  if (findings.length === 0) return null;
  return (
    <ul className={classes.findings} aria-label="Findings">
      {findings.map(({ kind, message }) => (
        <li key={kind}>
          <StateMark mark="warned">{message}</StateMark>
        </li>
      ))}
    </ul>
  );
}

function MostFrequent({ profile }: { readonly profile: ColumnProfile }): React.JSX.Element | null {
  const { top, unique, scope, nulls } = profile;
  // Values that come once each say nothing by being listed.
  if (top.length === 0 || unique) return null;
  return (
    <section>
      <h4>Most frequent values</h4>
      <ol className={classes.bars}>
        {bars(profile).map(({ value, cut, rows, fraction }) => (
          <li key={value} title={`${count(rows)} of ${many(scope.rows - nulls, 'value')}`}>
            <Value text={value} cut={cut} />
            <span className={classes.track} aria-hidden>
              <span className={classes.part} style={{ width: `${fraction * 100}%` }} />
            </span>
            <span className={classes.figure}>{count(rows)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Patterns({ profile: { patterns } }: { readonly profile: ColumnProfile }): React.JSX.Element | null {
  if (!patterns || patterns.found.length === 0) return null;
  const { found, others, values } = patterns;
  const [most] = found;
  return (
    <section>
      <h4>
        Patterns <span className="quiet">of {many(values, 'value')} that were looked at</span>
      </h4>
      <ol className={classes.bars}>
        {found.map(({ pattern, values: each }) => (
          <li key={pattern} title={many(each, 'value')}>
            <Value text={pattern} />
            <span className={classes.track} aria-hidden>
              <span className={classes.part} style={{ width: `${(each / (most?.values ?? 1)) * 100}%` }} />
            </span>
            <span className={classes.figure}>{share(each, values)}</span>
          </li>
        ))}
      </ol>
      {others > 0 ? <p className="quiet">{share(others, values)} look otherwise.</p> : null}
    </section>
  );
}

function PersonalData({ profile: { personal, suggestions } }: { readonly profile: ColumnProfile }) {
  if (personal.length === 0) return null;
  return (
    <section aria-label="Personal data">
      <h4>Personal data, perhaps</h4>
      {personalWords(personal).map((words) => (
        <p key={words}>
          <StateMark mark="noted">{words}</StateMark>
        </p>
      ))}
      {suggestions.length > 0 ? (
        <ul className={classes.masks} aria-label="Steps that hide it">
          {suggestions.map(({ title, steps, note }) => (
            <li key={title}>
              {title}
              <CopyText text={JSON.stringify(steps)} label={`the steps: ${title}`} />
              {note ? <p className="quiet">{note}</p> : null}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
