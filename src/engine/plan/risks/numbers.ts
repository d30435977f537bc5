// Risks of booleans, integers, decimals, floats and bits.

import type { LogicalType } from '../../../shared/model/logical-type.ts';
import type { Answers } from '../../../shared/model/profile.ts';
import { integerBounds } from '../../pipeline/fields/numbers.ts';
import { compareDecimals } from '../../support/decimal.ts';
import { type Advice, always, counted, EACH_ROW, type Judgement, type Risk, type RiskSubject, values } from './risk.ts';

type OfKind<K extends LogicalType['kind']> = Extract<LogicalType, { kind: K }>;

/** Digits that a float holds exactly, whatever the number. */
const FLOAT_DIGITS = { 32: 6, 64: 15 } as const;
const FLOAT_INTEGERS = { 32: 2n ** 24n, 64: 2n ** 53n } as const;

export function numberRisks(subject: RiskSubject): Risk[] {
  const { to } = subject;
  switch (to.kind) {
    case 'boolean':
      return toBoolean(subject);
    case 'integer':
      return toInteger(subject, to);
    case 'decimal':
      return [...toDecimal(subject, to), ...notFinite(subject), ...infinite(subject, to)];
    case 'float':
      return [...toFloat(subject, to), ...notFinite(subject)];
    case 'bit':
      return toBit(subject, to);
    default:
      return [];
  }
}

function toBoolean({ from }: RiskSubject): Risk[] {
  if (from.kind !== 'integer') return [];
  return [range('value.not-boolean', 0n, 1n, 'boolean', true)];
}

function toInteger({ from, native }: RiskSubject, to: OfKind<'integer'>): Risk[] {
  const { min, max } = integerBounds(to);
  switch (from.kind) {
    case 'integer': {
      const has = integerBounds(from);
      return has.min >= min && has.max <= max ? [] : [range('value.integer-range', min, max, native, true)];
    }
    case 'decimal':
      return [range('value.integer-range', min, max, native, true), fraction(max.toString().length, 0, native, true)];
    case 'float':
      return [range('value.integer-range', min, max, native, true)];
    default:
      return [];
  }
}

function toDecimal({ from, native, sourceCan }: RiskSubject, to: OfKind<'decimal'>): Risk[] {
  if (to.precision === null) {
    return from.kind === 'float'
      ? [always('value.float-to-decimal', 'note', 'turns from binary floating point into decimals')]
      : [];
  }
  const scale = to.scale ?? 0;
  const whole = to.precision - scale;
  if (from.kind === 'integer') {
    const most = 10n ** BigInt(Math.max(whole, 0)) - 1n;
    const has = integerBounds(from);
    return has.min >= -most && has.max <= most ? [] : [range('value.decimal-overflow', -most, most, native, false)];
  }
  if (from.kind === 'float') {
    return [
      always(
        'value.float-to-decimal',
        'warning',
        `turns from binary floating point into ${native}`,
        [{ text: 'Choose a decimal without bounds, or keep a float', choose: from }],
        `a value with more than ${scale} fractional digits`,
      ),
    ];
  }
  if (from.kind !== 'decimal') return [];
  const risks: Risk[] = [];
  // What SQLite declares of a number binds none.
  const loose = from.precision === null || sourceCan.dynamicTypes;
  if (loose || (from.precision ?? 0) - (from.scale ?? 0) > whole) risks.push(overflow(whole, scale, native));
  if (loose || from.scale === null || from.scale > scale) risks.push(fraction(whole, scale, native, false));
  return risks;
}

function toFloat({ from, to, native }: RiskSubject, { bits }: OfKind<'float'>): Risk[] {
  switch (from.kind) {
    case 'integer': {
      const most = FLOAT_INTEGERS[bits];
      const has = integerBounds(from);
      if (has.min >= -most && has.max <= most) return [];
      const advice = [{ text: 'Choose an integer or decimal type', choose: from }];
      return [
        {
          ...range('value.float-precision', -most, most, `${native} exactly`, false),
          judge: beyond(-most, most, 'warning', `${native} exactly`, false, advice),
        },
      ];
    }
    case 'decimal':
      return [
        {
          code: 'value.float-precision',
          ask: ['maxIntegerDigits', 'maxScale'],
          judge({ maxIntegerDigits, maxScale }) {
            const digits = Number(maxIntegerDigits ?? 0) + Number(maxScale ?? 0);
            const exact = FLOAT_DIGITS[bits];
            if (digits <= exact) return null;
            return {
              severity: 'warning',
              what: `has decimals of up to ${digits} digits; ${native} holds ${exact} of them exactly`,
              advice: [{ text: 'Choose a decimal type', choose: from }],
            };
          },
        },
      ];
    case 'float':
      return from.bits > bits && to.kind === 'float'
        ? [
            always(
              'value.float-precision',
              'warning',
              `is rounded to the precision of ${native}`,
              [{ text: 'Choose a 64-bit float', choose: from }],
              'a number beyond its range',
            ),
          ]
        : [];
    default:
      return [];
  }
}

function toBit({ from, native }: RiskSubject, to: OfKind<'bit'>): Risk[] {
  if (from.kind !== 'bit' || to.length === null || to.length === (from.length ?? -1)) return [];
  if (to.varying && from.length !== null && from.length < to.length) return [];
  return [
    always('value.bit-length', 'blocker', `has bits of another length than ${native}`, [
      {
        text: from.length === null ? 'Choose bits of any length' : `Choose a type of ${from.length} bits`,
        choose: from,
      },
    ]),
  ];
}

function notFinite({ from, to, sourceCan, targetCan }: RiskSubject): Risk[] {
  if (from.kind !== 'float' && from.kind !== 'decimal') return [];
  const [has, holds] = [sourceCan.values, targetCan.values];
  const floats = from.kind === 'float' && to.kind === 'float';
  // Where floats can be infinite, decimals that are stored as floats can be, too.
  if (holds.notFinite || !(has.notFinite || has.infiniteFloats)) return [];
  if (floats && holds.infiniteFloats) {
    if (!has.notFinite) return [];
    const what = (rows: string): string => `holds ${values(rows, 'is NaN', 'are NaN')}, which the target can not hold`;
    return [counted('value.not-finite', 'notANumber', what, { policy: true, apart: EACH_ROW })];
  }
  return [
    counted(
      'value.not-finite',
      'notFinite',
      (rows) => `holds ${values(rows, 'is NaN or infinite', 'are NaN or infinite')}, which the target can not hold`,
      { policy: true, apart: EACH_ROW },
    ),
  ];
}

/** NaN fits a bounded decimal of PostgreSQL, infinities do not. */
function infinite({ from, sourceCan, targetCan, native }: RiskSubject, to: OfKind<'decimal'>): Risk[] {
  if (from.kind !== 'decimal' || to.precision === null || !targetCan.values.notFinite) return [];
  const may = sourceCan.values.infiniteFloats || (sourceCan.values.notFinite && from.precision === null);
  if (!may) return [];
  return [
    {
      code: 'value.not-finite',
      ask: ['notFinite', 'notANumber'],
      judge({ notFinite: all, notANumber }) {
        const rows = BigInt(all ?? 0) - BigInt(notANumber ?? 0);
        if (rows <= 0n) return null;
        return {
          severity: 'blocker',
          what: `holds ${values(String(rows), 'is infinite', 'are infinite')}, which ${native} can not hold`,
          rows: String(rows),
          advice: [
            { text: 'Choose a decimal without bounds', choose: { kind: 'decimal', precision: null, scale: null } },
          ],
          apart: EACH_ROW,
        };
      },
    },
  ];
}

function range(code: string, low: bigint, high: bigint, native: string, policy: boolean): Risk {
  return { code, ask: ['min', 'max'], judge: beyond(low, high, 'blocker', native, policy, []) };
}

function beyond(
  low: bigint,
  high: bigint,
  severity: 'blocker' | 'warning',
  native: string,
  policy: boolean,
  advice: readonly Advice[],
): (answers: Answers) => Judgement | null {
  return ({ min, max }) => {
    if (min == null || max == null) return null;
    if (compareDecimals(min, low.toString()) >= 0 && compareDecimals(max, high.toString()) <= 0) return null;
    return {
      severity,
      what: `holds values from ${min} to ${max}; ${native} holds ${low} to ${high}`,
      policy,
      advice,
      ...(severity === 'blocker' ? { apart: EACH_ROW } : {}),
    };
  };
}

function overflow(whole: number, scale: number, native: string): Risk {
  return {
    code: 'value.decimal-overflow',
    ask: ['maxIntegerDigits', 'maxScale'],
    judge({ maxIntegerDigits: digits, maxScale }) {
      if (digits == null || Number(digits) <= whole) return null;
      return {
        severity: 'blocker',
        what: `holds numbers of ${digits} digits before the point; ${native} takes ${whole}`,
        advice: [
          {
            text: `Choose a decimal with at least ${digits} digits before the point`,
            choose: decimal(Number(digits), Math.max(scale, Number(maxScale ?? 0))),
          },
        ],
        apart: EACH_ROW,
      };
    },
  };
}

function fraction(whole: number, scale: number, native: string, policy: boolean): Risk {
  return {
    code: 'value.scale-loss',
    ask: ['maxScale', 'maxIntegerDigits'],
    judge({ maxScale: digits, maxIntegerDigits }) {
      if (digits == null || Number(digits) <= scale) return null;
      return {
        severity: 'blocker',
        what: `holds numbers of ${digits} digits after the point; ${native} keeps ${scale}`,
        advice: [
          {
            text: `Choose a decimal with at least ${digits} digits after the point`,
            choose: decimal(Math.max(whole, Number(maxIntegerDigits ?? 0)), Number(digits)),
          },
        ],
        policy,
        apart: EACH_ROW,
      };
    },
  };
}

function decimal(whole: number, scale: number): LogicalType {
  return { kind: 'decimal', precision: whole + scale, scale };
}
