// Words: a step in one line, and a chain in a few words.

import { assertNever } from '../../../../shared/errors.ts';
import { list, many } from '../../../../shared/format.ts';
import type { Transform } from '../../../../shared/model/transform.ts';

/** "‘-’ with ‘’", "%Y-%m-%d, %d/%m/%Y, else NULL"; empty where there is nothing to set. */
export function settingsOf(step: Transform): string {
  const otherwise = 'onFailure' in step && step.onFailure ? instead[step.onFailure] : '';
  return [ownSettings(step), otherwise].filter((part) => part !== '').join(', ');
}

/** "3 steps: trim, lower, …" */
export function chainOf(steps: readonly Transform[]): string {
  const names = steps.slice(0, NAMED).map((step) => step.do);
  return `${many(steps.length, 'step')}: ${[...names, ...(steps.length > NAMED ? ['…'] : [])].join(', ')}`;
}

const NAMED = 3;
const PAIRS = 3;

const instead = { reject: '', null: 'else NULL', keep: 'else kept', empty: 'else {}' } as const;

function ownSettings(step: Transform): string {
  switch (step.do) {
    case 'trim':
    case 'collapse spaces':
    case 'lower':
    case 'upper':
    case 'title':
    case 'sku':
    case 'strip nul':
    case 'repair encoding':
    case 'email':
    case 'uuid from hex':
    case 'uuid to hex':
    case 'hex':
    case 'from hex':
    case 'base64':
    case 'from base64':
      return '';
    case 'strip':
      return quoted(step.pattern);
    case 'replace':
      return `${quoted(step.find)} with ${quoted(step.with)}`;
    case 'replace pattern':
      return `${quoted(step.pattern)} with ${quoted(step.with)}`;
    case 'substring':
      return `from ${step.start}${step.length === undefined ? '' : `, ${many(step.length, 'character')}`}`;
    case 'pad':
      return `${step.side} to ${step.length} with ${quoted(step.with)}`;
    case 'split':
      return `at ${quoted(step.at)}, part ${step.take}`;
    case 'concat':
      return `${step.columns.join(', ')}${step.between ? `, ${quoted(step.between)} between` : ''}`;
    case 'template':
    case 'fill':
      return step.template;
    case 'prefer':
      return `${step.column}${step.unless ? `, but not ${list(step.unless.map(quoted))}` : ''}`;
    case 'slug':
      return step.between ? `${quoted(step.between)} between` : '';
    case 'default':
      return quoted(step.value);
    case 'null if':
      return list(step.values.map(quoted));
    case 'map values':
      return [pairs(step.values), otherwiseOf(step.otherwise)].filter((part) => part !== '').join(', ');
    case 'boolean':
      return `${list(step.true.map(quoted))} true${step.false ? `, ${list(step.false.map(quoted))} false` : ''}`;
    case 'number':
      return [
        step.decimal ? `${quoted(step.decimal)} decimal` : '',
        step.group ? `${quoted(step.group)} between thousands` : '',
        step.strip ? `without ${quoted(step.strip)}` : '',
      ]
        .filter((part) => part !== '')
        .join(', ');
    case 'round':
      return `to ${many(step.digits, 'digit')}`;
    case 'scale':
      return `by ${step.by}`;
    case 'cast':
      return `to ${step.to}`;
    case 'date':
      return step.formats.join(', ');
    case 'time zone':
      return `${step.from} → ${step.to}`;
    case 'phone':
      return `${step.country}, ${step.format}`;
    case 'json':
      return list(Object.keys(step.fields));
    case 'pick':
      return step.path;
    case 'pairs':
      return step.between || step.equals ? `${quoted(step.between ?? ';')} and ${quoted(step.equals ?? '=')}` : '';
    case 'records':
      return list(step.fields.map(({ name }) => name));
    case 'sum':
      return step.fields.join(' × ');
    case 'lookup':
      return `${step.match} → ${step.take} in ${step.in}`;
    case 'hash':
      return `salt ${step.salt}`;
    case 'mask':
      return `${step.kind}${step.salt ? `, salt ${step.salt}` : ''}`;
    default:
      return assertNever(step);
  }
}

function quoted(text: string): string {
  return `‘${text}’`;
}

function pairs(values: Readonly<Record<string, string | null>>): string {
  const all = Object.entries(values).map(([from, to]) => `${quoted(from)} → ${to === null ? 'NULL' : quoted(to)}`);
  return list(all, PAIRS);
}

function otherwiseOf(otherwise: Extract<Transform, { do: 'map values' }>['otherwise']): string {
  if (otherwise === undefined || otherwise === 'keep') return '';
  if (otherwise === 'reject') return 'else rejected';
  return `else ${otherwise === 'null' ? 'NULL' : quoted(otherwise.value)}`;
}
