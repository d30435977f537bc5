// The wire: what travels between a screen and the host, whatever carries it (MessagePort, WebSocket). JSON-safe.

import { z } from 'zod';
import type { DroverErrorData } from './errors.ts';

/** One end of a two-way line of messages. */
export interface Port {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when the line is cut or the other end has closed it. */
  onClose(listener: () => void): void;
  close(): void;
}

const id = z.number().int().nonnegative();
const request = z.object({ id, name: z.string(), input: z.unknown() });

/** `id` is chosen by the screen. A stream sends at most as many items as were asked for. A call can be left as well. */
export const toHost = z.discriminatedUnion('kind', [
  request.extend({ kind: z.literal('call') }),
  request.extend({ kind: z.literal('open') }),
  z.object({ kind: z.literal('more'), id, items: z.number().int().positive() }),
  z.object({ kind: z.literal('leave'), id }),
]);
export type ToHost = Readonly<z.infer<typeof toHost>>;

export type ToScreen =
  | { readonly kind: 'answer'; readonly id: number; readonly output: unknown }
  | { readonly kind: 'item'; readonly id: number; readonly item: unknown }
  | { readonly kind: 'end'; readonly id: number }
  | { readonly kind: 'error'; readonly id: number; readonly error: DroverErrorData };
