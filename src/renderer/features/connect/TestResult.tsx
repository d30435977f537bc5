// What a test of one side said: who answers, how fast, how protected, what is missing; or why nobody does.

import { CopyButton, UnstyledButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Side } from '../../../shared/contract.ts';
import { type TestResult as Result, sides } from '../../client/stores/sides.ts';
import { useFrom } from '../../client/use-from.ts';
import { ErrorNote } from '../../ui/state/ErrorNote.tsx';
import { StateMark } from '../../ui/state/StateMark.tsx';
import classes from './connect.module.css';
import { HostKeyOffer } from './HostKeyOffer.tsx';
import { Leftovers } from './Leftovers.tsx';

export function TestResult({ side }: { readonly side: Side }): React.JSX.Element {
  const tested = useFrom(sides, (state) => state[side].tested);
  const frame = useRef<HTMLDivElement>(null);
  // A tall form pushes the answer out of sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: with every answer
  useEffect(() => {
    frame.current?.scrollIntoView({ block: 'nearest' });
  }, [tested]);
  return (
    <div ref={frame} aria-live="polite" className={classes.result}>
      {tested.state === 'testing' ? <StateMark mark="busy">Connecting…</StateMark> : null}
      {tested.state === 'failed' ? (
        <ErrorNote error={tested.error}>
          <HostKeyOffer side={side} error={tested.error} />
        </ErrorNote>
      ) : null}
      {tested.state === 'ok' ? <Answer side={side} result={tested.result} /> : null}
    </div>
  );
}

function Answer({ side, result }: { readonly side: Side; readonly result: Result }): React.JSX.Element {
  const { server, latencyMs, tls, readOnly, missing } = result;
  return (
    <>
      <dl className={classes.facts}>
        <dt>Server</dt>
        <dd>
          <StateMark mark="proved" />
          <span className="mono">
            {server.variant} {server.version}
          </span>
        </dd>
        {server.family === 'sqlite' ? null : (
          <>
            <dt>Latency</dt>
            <dd className="mono">{latencyMs.toFixed(1)} ms</dd>
            <dt>TLS</dt>
            <dd>{tls ? 'Encrypted' : 'Not encrypted'}</dd>
          </>
        )}
        <dt>Opened</dt>
        <dd>{access(side, readOnly)}</dd>
        <dt>Privileges</dt>
        <dd>
          {missing.length === 0 ? (
            `All that ${side === 'source' ? 'reading' : 'loading'} needs`
          ) : (
            <StateMark mark="warned">{missingWords(missing.length)}</StateMark>
          )}
        </dd>
      </dl>
      {missing.length > 0 ? (
        <ul className={classes.missing}>
          {missing.map(({ message, remedy }) => (
            <li key={message}>
              <div>{message}</div>
              <Remedy text={remedy} />
            </li>
          ))}
        </ul>
      ) : null}
      {side === 'target' ? <Leftovers tested={result} /> : null}
    </>
  );
}

function access(side: Side, readOnly: boolean): React.JSX.Element {
  if (side === 'source') {
    return readOnly ? (
      <StateMark mark="proved">Read-only</StateMark>
    ) : (
      <StateMark mark="warned">The server did not grant read-only</StateMark>
    );
  }
  return readOnly ? <StateMark mark="blocked">Read-only: nothing can be loaded</StateMark> : <span>For writing</span>;
}

function missingWords(count: number): string {
  return count === 1 ? 'One is missing' : `${count} are missing`;
}

/** A remedy is a statement to be handed to whoever may run it. */
function Remedy({ text }: { readonly text: string }): React.JSX.Element {
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <UnstyledButton className={classes.remedy ?? ''} onClick={copy} title="Copy">
          <span className="mono">{text}</span> <span className="quiet">{copied ? 'copied' : 'copy'}</span>
        </UnstyledButton>
      )}
    </CopyButton>
  );
}
