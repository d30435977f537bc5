// Risks of texts, bytes, labels, JSON and everything that travels as text.

import type { LogicalType } from '../../../shared/model/logical-type.ts';
import type { Answers } from '../../../shared/model/profile.ts';
import { always, counted, EACH_ROW, type Risk, type RiskSubject, values } from './risk.ts';

const TEXT: LogicalType = { kind: 'text', length: null, fixed: false };

export function textRisks(subject: RiskSubject): Risk[] {
  const { from, to } = subject;
  return [...lengths(subject), ...characters(subject), ...labels(from, to), ...json(subject), ...forms(subject)];
}

function lengths({ from, to, native }: RiskSubject): Risk[] {
  if (to.kind === 'text' && to.length !== null && couldExceed(from, to.length)) {
    return [longest('value.text-too-long', 'maxChars', to.length, 'characters', native)];
  }
  if (to.kind === 'binary' && to.length !== null && (from.kind === 'binary' || from.kind === 'text')) {
    if (from.kind === 'binary' && from.length !== null && from.length <= to.length) return [];
    return [longest('value.binary-too-long', 'maxBytes', to.length, 'bytes', native)];
  }
  return [];
}

function couldExceed(from: LogicalType, length: number): boolean {
  if (from.kind === 'text') return from.length === null || from.length > length;
  if (from.kind === 'enum') return from.labels.some((label) => [...label].length > length);
  return ['json', 'set', 'opaque', 'array', 'geometry'].includes(from.kind);
}

function longest(code: string, question: 'maxChars' | 'maxBytes', most: number, unit: string, native: string): Risk {
  return {
    code,
    ask: [question],
    judge(answers: Answers) {
      const length = answers[question];
      if (length == null || Number(length) <= most) return null;
      return {
        severity: 'blocker',
        what: `holds values of up to ${length} ${unit}; ${native} takes ${most}`,
        advice: [
          {
            text: `Choose a type for at least ${length} ${unit}`,
            choose: { kind: question === 'maxChars' ? 'text' : 'binary', length: Number(length), fixed: false },
          },
        ],
        apart: EACH_ROW,
      };
    },
  };
}

function characters({ from, to, sourceCan, targetCan }: RiskSubject): Risk[] {
  if (from.kind !== 'text' && from.kind !== 'enum' && from.kind !== 'set') return [];
  const risks: Risk[] = [];
  if (sourceCan.texts.nulCharacter && !targetCan.texts.nulCharacter && to.kind !== 'binary') {
    risks.push(
      counted(
        'value.nul-character',
        'nulCharacters',
        (rows) =>
          `holds ${values(rows, 'contains', 'contain')} the character U+0000, which the target refuses in texts`,
        { advice: ['Remove the character in the source, or filter these rows out.'], apart: EACH_ROW },
      ),
    );
  }
  if (sourceCan.dynamicTypes) {
    risks.push(
      counted('value.not-utf8', 'notUtf8', (rows) => `holds ${values(rows, 'is', 'are')} not valid UTF-8`, {
        advice: ['Correct them in the source, or filter these rows out.'],
      }),
    );
  }
  return risks;
}

function labels(from: LogicalType, to: LogicalType): Risk[] {
  if (from.kind !== 'enum') {
    return from.kind === 'set' && to.kind === 'text'
      ? [always('value.flattened', 'note', 'becomes a text with commas between the labels')]
      : [];
  }
  // An ENUM takes the blanks of another ENUM; only a list of labels would refuse them.
  if (from.labels.includes('') || to.kind === 'enum') return [];
  return [
    counted(
      'value.blank-enum',
      'empty',
      (rows) => `holds ${values(rows, 'is', 'are')} blank; the check in the target allows them`,
      {
        severity: 'warning',
      },
    ),
  ];
}

function json(subject: RiskSubject): Risk[] {
  return subject.to.kind === 'json' ? [...jsonNumbers(subject), ...jsonForms(subject)] : [];
}

function jsonNumbers({ from, sourceCan, targetCan, native }: RiskSubject): Risk[] {
  if (targetCan.exactJsonNumbers || !sourceCan.exactJsonNumbers || !['json', 'text'].includes(from.kind)) return [];
  return [
    counted(
      'value.json-number',
      'longJsonNumbers',
      (rows) => `holds ${values(rows, 'has', 'have')} numbers of more digits than ${native} keeps`,
      { advice: [{ text: 'Choose a text type for this column', choose: TEXT }] },
    ),
  ];
}

function jsonForms({ from, takesEscapedNul, native }: RiskSubject): Risk[] {
  if (from.kind === 'json' && !takesEscapedNul) {
    return [
      counted(
        'value.nul-character',
        'nulCharacters',
        (rows) => `holds ${values(rows, 'contains', 'contain')} \\u0000, which ${native} refuses`,
      ),
    ];
  }
  if (from.kind === 'text') {
    return [
      counted('value.not-json', 'notJson', (rows) => `holds ${values(rows, 'is', 'are')} not JSON`, {
        apart: EACH_ROW,
        advice: [{ text: 'Choose a text type for this column', choose: TEXT }],
      }),
    ];
  }
  return from.kind === 'array'
    ? [always('value.flattened', 'note', 'becomes a JSON array; its elements are no longer typed')]
    : [];
}

const PARSED: ReadonlySet<LogicalType['kind']> = new Set([
  'boolean',
  'integer',
  'decimal',
  'float',
  'date',
  'time',
  'timestamp',
  'interval',
  'uuid',
  'enum',
  'set',
  'array',
  'geometry',
  'opaque',
]);

function forms({ from, to, native }: RiskSubject): Risk[] {
  if (from.kind === 'text' && PARSED.has(to.kind)) {
    return [always('value.parsed', 'warning', `is text read as ${native}`, [], "a value that can't be read so")];
  }
  if (from.kind === 'text' && to.kind === 'binary') {
    return [always('value.flattened', 'note', 'becomes the bytes of its text in UTF-8')];
  }
  if (to.kind !== 'text') return [];
  if (from.kind === 'array') return [always('value.flattened', 'note', "becomes text in PostgreSQL's array notation")];
  return from.kind === 'binary' ? [always('value.flattened', 'note', 'becomes text of hexadecimal digits')] : [];
}
