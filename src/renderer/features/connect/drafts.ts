// What is being typed on both sides: the form and the URL, kept in step by the engine's own reading and writing of URLs.

import { createStore } from 'zustand/vanilla';
import type { Side } from '../../../shared/contract.ts';
import type { DroverErrorData } from '../../../shared/errors.ts';
import type { Family } from '../../../shared/model/connection.ts';
import { engine } from '../../client/engine.ts';
import { failureOf } from '../../client/failure.ts';
import { setUrl, sides } from '../../client/stores/sides.ts';
import { connectionOf, emptyForm, type Field, type FormValues, formOf } from './form.ts';
import { carrySecret, keepSecret } from './secrets.ts';
import { familyIn, passwordIn } from './url-parts.ts';

export interface Draft {
  readonly family: Family;
  /** What was typed for another engine is there again when it is chosen again. */
  readonly forms: Readonly<Record<Family, FormValues>>;
  /** The URL as it stands in its field. */
  readonly text: string;
  /** Why it can't be read. */
  readonly error: DroverErrorData | null;
  /** Fields that were left once: what is wrong with them is told. All of them are when a test was asked for. */
  readonly touched: ReadonlySet<Field> | 'all';
}

export type Drafts = Readonly<Record<Side, Draft>>;

export const bothSides = ['source', 'target'] as const;

const fresh: Draft = {
  family: 'postgres',
  forms: { postgres: emptyForm('postgres'), mysql: emptyForm('mysql'), sqlite: emptyForm('sqlite') },
  text: '',
  error: null,
  touched: new Set(),
};

const SETTLE_MS = 300;

export const drafts = createStore<Drafts>(() => ({ source: fresh, target: fresh }));

interface Work {
  readonly timer: ReturnType<typeof setTimeout>;
  readonly step: () => Promise<void>;
}

const waiting = new Map<Side, Work>();
const running = new Map<Side, Promise<void>>();
/** Counts what was typed, so that a late answer to something older is passed over. */
const turns: Record<Side, number> = { source: 0, target: 0 };
let telling = false;

export function setField<F extends Field>(side: Side, field: F, value: FormValues[F]): void {
  const { family, forms } = drafts.getState()[side];
  patch(side, { forms: { ...forms, [family]: { ...forms[family], [field]: value } } });
  later(side, () => readForm(side));
}

export function touch(side: Side, field: Field | 'all'): void {
  const { touched } = drafts.getState()[side];
  if (touched === 'all') return;
  patch(side, { touched: field === 'all' ? 'all' : new Set([...touched, field]) });
}

/** The fields change with the scheme as it is typed: later they would move away from under the mouse. */
export function setText(side: Side, text: string): void {
  const { family } = drafts.getState()[side];
  patch(side, { text, family: familyIn(text) ?? family });
  later(side, () => readText(side));
}

/** Takes the text as it is now; once the field is left it shows the URL as it is kept. */
export async function leaveText(side: Side): Promise<void> {
  await settle(side);
  const { url } = sides.getState()[side];
  if (url !== '' && drafts.getState()[side].error === null) patch(side, { text: url });
}

export function chooseFamily(side: Side, family: Family): void {
  patch(side, { family, error: null, touched: new Set() });
  later(side, () => readForm(side));
  void settle(side);
}

export function chooseUrl(side: Side, url: string): void {
  patch(side, { text: url, touched: new Set() });
  later(side, () => readText(side));
  void settle(side);
}

/** Resolves when the side's URL is that of the form and of the field. */
export async function settle(side: Side): Promise<void> {
  const work = waiting.get(side);
  if (work) start(side, work);
  await running.get(side);
}

export async function swap(): Promise<void> {
  await Promise.all(bothSides.map(settle));
  const { source, target } = drafts.getState();
  const now = sides.getState();
  drafts.setState({ source: target, target: source });
  tell(() => {
    setUrl('source', now.target.url);
    setUrl('target', now.source.url);
  });
}

async function readForm(side: Side): Promise<void> {
  const turn = turns[side];
  const { family, forms } = drafts.getState()[side];
  const made = connectionOf(family, forms[family]);
  if (!made.ok) {
    patch(side, { text: '', error: null });
    tell(() => setUrl(side, ''));
    return;
  }
  try {
    const { url } = await engine.call('connect.format', { connection: made.connection });
    const before = sides.getState()[side].url;
    if (before !== '' && before !== url) await carrySecret(before, url);
    if (turns[side] !== turn) return;
    patch(side, { text: url, error: null });
    tell(() => setUrl(side, url));
  } catch (thrown) {
    if (turns[side] === turn) refuse(side, failureOf(thrown));
  }
}

async function readText(side: Side): Promise<void> {
  const turn = turns[side];
  const text = drafts.getState()[side].text.trim();
  if (text === '') {
    patch(side, { error: null });
    tell(() => setUrl(side, ''));
    return;
  }
  try {
    const { url, connection, hasPassword } = await engine.call('connect.parse', { url: text });
    if (turns[side] !== turn) return;
    const password = hasPassword ? passwordIn(text) : null;
    if (password !== null) void keepSecret(url, password, false);
    const { family } = connection;
    const { forms } = drafts.getState()[side];
    patch(side, {
      family,
      forms: { ...forms, [family]: formOf(connection) },
      error: null,
      ...(hasPassword ? { text: url } : {}),
    });
    tell(() => setUrl(side, url));
  } catch (thrown) {
    if (turns[side] === turn) refuse(side, failureOf(thrown));
  }
}

function refuse(side: Side, error: DroverErrorData): void {
  patch(side, { error });
  tell(() => setUrl(side, ''));
}

function later(side: Side, step: () => Promise<void>): void {
  turns[side]++;
  clearTimeout(waiting.get(side)?.timer);
  const work: Work = { step, timer: setTimeout(() => start(side, work), SETTLE_MS) };
  waiting.set(side, work);
}

function start(side: Side, { step, timer }: Work): void {
  clearTimeout(timer);
  waiting.delete(side);
  running.set(side, step());
}

function patch(side: Side, part: Partial<Draft>): void {
  drafts.setState((all) => ({ ...all, [side]: { ...all[side], ...part } }));
}

/** Writes to the sides without reading them back. */
function tell(write: () => void): void {
  telling = true;
  write();
  telling = false;
}

/** A project was opened, another migration begun: the address came from elsewhere. */
function load(side: Side, url: string): void {
  patch(side, fresh);
  if (url !== '') chooseUrl(side, url);
}

sides.subscribe((now, before) => {
  if (telling) return;
  for (const side of bothSides) {
    const isReset = now[side].url === '' && now[side] !== before[side];
    if (now[side].url !== before[side].url || isReset) load(side, now[side].url);
  }
});
for (const side of bothSides) if (sides.getState()[side].url !== '') load(side, sides.getState()[side].url);
