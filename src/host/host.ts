// The host: from the contract to the engine and the desk. One guard at the door checks what comes in; one place makes errors of what goes wrong.

import type { Engine } from '../engine/index.ts';
import {
  type CallInput,
  type CallName,
  type CallOutput,
  calls,
  type StreamInput,
  type StreamItem,
  type StreamName,
  streams,
} from '../shared/contract.ts';
import { DroverError } from '../shared/errors.ts';
import { withBareProject } from './bare-project.ts';
import type { DeskHandlers } from './desk/handlers.ts';
import { asMissingPassword, type Reader } from './no-password.ts';

export interface Host {
  /** Throws DroverError. Aborting the signal gives up what is only being looked at; what changes something goes on. */
  call<N extends CallName>(name: N, input: CallInput<N>, signal?: AbortSignal): Promise<CallOutput<N>>;
  /** Throws DroverError while iterating. Aborting the signal cancels the work and lets it tidy up. */
  stream<N extends StreamName>(name: N, input: StreamInput<N>, signal: AbortSignal): AsyncIterable<StreamItem<N>>;
}

export function createHost(engine: Engine, desk: DeskHandlers, reader: Reader = 'screens'): Host {
  const handlers = { ...engine.calls, ...desk };
  return {
    async call(name, input, signal) {
      const handler = handlers[name] as (input: unknown, signal?: AbortSignal) => Promise<unknown>;
      const checked = withBareProject(check(name, calls[name].input.safeParse(input)));
      return (await guarded(() => handler(checked, signal), checked, reader)) as CallOutput<typeof name>;
    },
    async *stream(name, input, signal) {
      const handler = engine.streams[name] as (input: unknown, signal: AbortSignal) => AsyncIterable<unknown>;
      const checked = withBareProject(check(name, streams[name].input.safeParse(input)));
      const items = handler(checked, signal)[Symbol.asyncIterator]();
      for (;;) {
        const item = await guarded(() => items.next(), checked, reader);
        if (item.done) return;
        yield item.value as StreamItem<typeof name>;
      }
    },
  };
}

interface Parsed {
  readonly success: boolean;
  readonly data?: unknown;
  readonly error?: { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] };
}

function check(name: string, parsed: Parsed): unknown {
  if (parsed.success) return parsed.data;
  const issue = parsed.error?.issues[0];
  throw new DroverError('support.usage', `The request ${name} is not as it should be.`, {
    cause: issue ? `${issue.path.join('.')}: ${issue.message}` : null,
  });
}

/** The original error stays reachable for DROVER_DEBUG as `cause`. */
async function guarded<T>(work: () => Promise<T>, input: unknown, reader: Reader): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DroverError) throw asMissingPassword(error, input, reader);
    const wrapped = new DroverError('support.internal', 'Something failed that Drover did not foresee.', {
      cause: error instanceof Error ? error.message : String(error),
      hint: 'Please report this; set DROVER_DEBUG=1 to see where it happened.',
    });
    wrapped.cause = error;
    throw wrapped;
  }
}
