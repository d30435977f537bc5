// What the engine offers, as types: one handler for each call and stream of the contract.

import type { z } from 'zod';
import type {
  CallOutput,
  Endpoint,
  EngineCallName,
  EngineCalls,
  StreamItem,
  StreamName,
  Streams,
} from '../shared/contract.ts';
import type { Opened } from './connect/endpoint.ts';

type Input<N extends EngineCallName> = z.output<EngineCalls[N]['input']>;
type StreamInput<N extends StreamName> = z.output<Streams[N]['input']>;

/** The signal ends what is only being looked at: the database is told to stop, and the promise rejects. */
export type CallHandlers = {
  readonly [N in EngineCallName]: (input: Input<N>, signal?: AbortSignal) => Promise<CallOutput<N>>;
};

export type StreamHandlers = {
  readonly [N in StreamName]: (input: StreamInput<N>, signal: AbortSignal) => AsyncIterable<StreamItem<N>>;
};

/** From what a person gave to something that can be connected to. */
export type Open = (endpoint: Endpoint) => Promise<Opened>;
