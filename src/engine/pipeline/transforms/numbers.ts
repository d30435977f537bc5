// Numbers as people write them, rounding, and moving the point.

import type { Transform } from '../../../shared/model/transform.ts';
import { exactDecimal, rounded, shifted } from './decimals.ts';
import { bad, orElse, type Step } from './step.ts';

type NumberStep = Extract<Transform, { do: 'number' }>;

const NOT_A_NUMBER = 'not a number';

export function number({ decimal = '.', group, strip, onFailure }: NumberStep): Step {
  if (decimal === group) {
    throw bad(`"${group}" can't be the decimal sign and stand between thousands too.`, 'Give another "decimal".');
  }
  const plain = decimal === '.' && group === undefined && !strip;
  return orElse(plain ? exactDecimal : reader(decimal, group, strip ?? ''), onFailure, NOT_A_NUMBER);
}

export function round({ digits, onFailure }: Extract<Transform, { do: 'round' }>): Step {
  return orElse(
    (value) => {
      const decimal = exactDecimal(value);
      return decimal === undefined ? undefined : rounded(decimal, digits);
    },
    onFailure,
    NOT_A_NUMBER,
  );
}

export function scale({ by, onFailure }: Extract<Transform, { do: 'scale' }>): Step {
  return orElse(
    (value) => {
      const decimal = exactDecimal(value);
      return decimal === undefined ? undefined : shifted(decimal, by);
    },
    onFailure,
    NOT_A_NUMBER,
  );
}

/** Blanks and apostrophes come in several shapes. */
const GROUPS = { ',': ',', '.': '\\.', ' ': '[ \\u00a0\\u202f]', "'": "['’]", _: '_' } as const;

/** Thousands must stand where thousands do: with "," between them, 1,5 is no number. India's lakhs are two digits apart. */
function reader(decimal: '.' | ',', group: keyof typeof GROUPS | undefined, strip: string) {
  const between = group === undefined ? null : GROUPS[group];
  const grouped = between === null ? '' : `\\d{1,3}(?:${between}\\d{2,3})*${between}\\d{3}|`;
  const shape = new RegExp(`^[+-]?(?:${grouped}\\d*)(?:\\${decimal}\\d*)?(?:[eE][+-]?\\d+)?$`);
  const separators = between === null ? null : new RegExp(between, 'g');
  const left = strip === '' ? null : new RegExp(`[${Array.from(strip, codePoint).join('')}]`, 'gu');

  return (value: string): string | undefined => {
    let text = left === null ? value : value.replace(left, '');
    text = text.trim().replace('−', '-');
    if (!shape.test(text)) return undefined;
    if (separators !== null) text = text.replace(separators, '');
    return exactDecimal(decimal === ',' ? text.replace(',', '.') : text);
  };
}

function codePoint(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}
