// Dates of full width, read by the places of their fields, against the same dates read field by field.

import { expect, test } from 'vitest';
import { dateFields, type Fields } from '../../src/engine/pipeline/transforms/date-fields.ts';
import { byWidth } from '../../src/engine/pipeline/transforms/date-width.ts';
import { seeded } from '../../src/host/sample/random.ts';

const FORMATS = [
  '%Y-%m-%d',
  '%Y-%m-%d %H:%M:%S',
  '%d/%m/%Y',
  '%m/%d/%Y %H:%M:%S',
  '%Y%m%d',
  '%Y%m%d%H%M%S',
  '%%%d.%m.%Y %H',
  '%d %b %Y',
];

test.each(FORMATS)('%s', (format) => {
  const random = seeded(20_261_122);
  const readers = dateFields(format);
  const eachField = (codes: Uint16Array, start: number, end: number, fields: Fields) => {
    let at = start;
    for (const read of readers) {
      at = read(codes, at, end, fields);
      if (at < 0) return false;
    }
    return at === end;
  };
  const whole = byWidth(format, eachField);
  let read = 0;
  for (let round = 0; round < 5_000; round++) {
    const text = nearDate(format, random);
    const codes = Uint16Array.from(`7${text}7`, (character) => character.charCodeAt(0));
    const [mine, wished] = [fields(), fields()];
    const isOne = eachField(codes, 1, 1 + text.length, wished);
    expect({ text, isOne: whole(codes, 1, 1 + text.length, mine) }).toEqual({ text, isOne });
    if (!isOne) continue;
    read++;
    expect({ text, ...mine }).toEqual({ text, ...wished });
  }
  expect(read).toBeGreaterThan(500);
});

/** A text of the format, now and then with a character changed, lost or added. */
function nearDate(format: string, random: ReturnType<typeof seeded>): string {
  const digits = (most: number) => String(random.whole(0, 10 ** most - 1)).padStart(random.percent(85) ? most : 1, '0');
  const written = format.replace(/%(.)/g, (_, field) =>
    field === '%' ? '%' : field === 'b' ? random.pick(['Jan', 'dec', 'Foo']) : digits(field === 'Y' ? 4 : 2),
  );
  if (random.percent(60)) return written;
  const at = random.whole(0, written.length - 1);
  const other = random.pick(['', '0', '9', '/', ':', ' ', '-', 'x', '٣', '12']);
  return written.slice(0, at) + other + written.slice(at + 1);
}

function fields(): Fields {
  return {
    year: 0,
    month: 1,
    day: 1,
    dayOfYear: 0,
    hour: 0,
    minute: 0,
    second: 0,
    half: -1,
    fraction: '',
    zone: 'Z',
  };
}
