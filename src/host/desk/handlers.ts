// What the desk answers, as types.

import type { z } from 'zod';
import type { CallOutput, DeskCallName, DeskCalls } from '../../shared/contract.ts';

type Input<N extends DeskCallName> = z.output<DeskCalls[N]['input']>;

export type DeskHandlers = { readonly [N in DeskCallName]: (input: Input<N>) => Promise<CallOutput<N>> };
