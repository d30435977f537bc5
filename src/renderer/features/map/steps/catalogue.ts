// The catalogue of steps as people choose from it: in groups, each with one sentence.

import { z } from 'zod';
import { type TransformName, transform } from '../../../../shared/model/transform.ts';

export const groups = ['Text', 'Values', 'Numbers', 'Dates', 'People', 'JSON', 'Bytes', 'Secrets'] as const;
export type Group = (typeof groups)[number];

interface Entry {
  readonly group: Group;
  /** Where the model itself has none. */
  readonly sentence?: string;
}

/** Something that can be added to a chain. */
export interface ItemOffer {
  readonly name: string;
  /** '' where all stand together. */
  readonly group: string;
  readonly sentence: string;
}

interface Offer extends ItemOffer {
  readonly name: TransformName;
  readonly group: Group;
}

/** The steps that have what was typed in their name, their group or their sentence; those with it in the name first. */
export function offersFor(typed: string): Offer[] {
  const wanted = typed.trim().toLowerCase();
  const named = all.filter(({ name }) => name.includes(wanted));
  const told = all.filter(
    ({ name, group, sentence }) => !name.includes(wanted) && `${group} ${sentence}`.toLowerCase().includes(wanted),
  );
  return [...named, ...told];
}

export function sentenceOf(name: TransformName): string {
  return described.get(name) ?? entries[name].sentence ?? '';
}

/** In the order they are offered in. */
const entries: Readonly<Record<TransformName, Entry>> = {
  trim: { group: 'Text', sentence: 'White space at both ends is cut.' },
  'collapse spaces': { group: 'Text' },
  lower: { group: 'Text', sentence: 'All letters become lower case.' },
  upper: { group: 'Text', sentence: 'All letters become upper case.' },
  title: { group: 'Text' },
  replace: { group: 'Text', sentence: 'Puts another text in place of a text, wherever it stands.' },
  'replace pattern': { group: 'Text', sentence: 'Puts a text in place of all that matches.' },
  strip: { group: 'Text' },
  substring: { group: 'Text', sentence: 'Takes some characters by their place.' },
  split: { group: 'Text' },
  pad: { group: 'Text', sentence: 'Fills up to a length.' },
  concat: { group: 'Text' },
  template: { group: 'Text' },
  slug: { group: 'Text', sentence: 'Lower case words without accents or signs, as in web addresses.' },
  sku: { group: 'Text' },
  'strip nul': { group: 'Text' },
  'repair encoding': { group: 'Text' },
  'map values': { group: 'Values', sentence: 'Each value in a list becomes another.' },
  default: { group: 'Values', sentence: 'NULL becomes a fixed value.' },
  fill: { group: 'Values' },
  prefer: { group: 'Values' },
  'null if': { group: 'Values' },
  boolean: { group: 'Values' },
  cast: { group: 'Values' },
  lookup: { group: 'Values' },
  number: { group: 'Numbers' },
  round: { group: 'Numbers', sentence: 'To so many digits, half away from zero.' },
  scale: { group: 'Numbers' },
  date: { group: 'Dates', sentence: 'Reads a date written in one of several formats.' },
  'time zone': { group: 'Dates' },
  email: { group: 'People' },
  phone: { group: 'People', sentence: 'Reads a telephone number and writes it in one form.' },
  json: { group: 'JSON' },
  pick: { group: 'JSON' },
  pairs: { group: 'JSON' },
  records: { group: 'JSON' },
  sum: { group: 'JSON' },
  'uuid from hex': { group: 'Bytes' },
  'uuid to hex': { group: 'Bytes', sentence: 'A UUID becomes 32 hexadecimal digits.' },
  hex: { group: 'Bytes' },
  'from hex': { group: 'Bytes', sentence: 'Hexadecimal digits of UTF-8 bytes become text.' },
  base64: { group: 'Bytes', sentence: 'The UTF-8 bytes of the text, in base64.' },
  'from base64': { group: 'Bytes', sentence: 'Base64 of UTF-8 bytes becomes text.' },
  hash: { group: 'Secrets' },
  mask: { group: 'Secrets', sentence: 'Hides what the value says and keeps its shape.' },
};

const described = new Map(
  transform.options.map((option) => {
    const { do: name } = option.shape;
    return [name.value, z.toJSONSchema(name).description] as const;
  }),
);

const all: readonly Offer[] = groups.flatMap((group) =>
  (Object.keys(entries) as TransformName[])
    .filter((name) => entries[name].group === group)
    .map((name) => ({ name, group, sentence: sentenceOf(name) })),
);
