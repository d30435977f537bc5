// The editor of steps without its screen: the catalogue, the forms made from schemas, drafts, words, edits and faults.

import { describe, expect, it } from 'vitest';
import { handworkOf } from '../../src/renderer/features/map/model/handwork.ts';
import { groups, offersFor, sentenceOf } from '../../src/renderer/features/map/steps/catalogue.ts';
import { type Draft, draftOf, readDraft, sameThing } from '../../src/renderer/features/map/steps/draft.ts';
import { addStep, changeStep, moved, moveStep, removeStep } from '../../src/renderer/features/map/steps/edits.ts';
import { faultOf, faultOfFinding } from '../../src/renderer/features/map/steps/faults.ts';
import { fieldsOf } from '../../src/renderer/features/map/steps/fields.ts';
import { variableOf } from '../../src/renderer/features/map/steps/labels.ts';
import { chainOf, settingsOf } from '../../src/renderer/features/map/steps/words.ts';
import { DroverError } from '../../src/shared/errors.ts';
import type { Project } from '../../src/shared/model/mapping.ts';
import { type Transform, type TransformName, transform } from '../../src/shared/model/transform.ts';

const names = transform.options.map(({ shape }) => shape.do.value);

/** Each step as it may stand in a project, and its settings in words. */
const samples: Readonly<Record<TransformName, readonly [Transform, string]>> = {
  trim: [{ do: 'trim' }, ''],
  'collapse spaces': [{ do: 'collapse spaces' }, ''],
  lower: [{ do: 'lower' }, ''],
  upper: [{ do: 'upper' }, ''],
  title: [{ do: 'title' }, ''],
  fill: [{ do: 'fill', template: 'N-{id}' }, 'N-{id}'],
  prefer: [{ do: 'prefer', column: 'total', unless: ['0'] }, 'total, but not ‘0’'],
  lookup: [{ do: 'lookup', in: 'customer', match: 'old', take: 'id' }, 'old → id in customer'],
  strip: [{ do: 'strip', pattern: '[^0-9]' }, '‘[^0-9]’'],
  replace: [{ do: 'replace', find: '-', with: '' }, '‘-’ with ‘’'],
  'replace pattern': [{ do: 'replace pattern', pattern: '(a)', with: '$1' }, '‘(a)’ with ‘$1’'],
  substring: [{ do: 'substring', start: 0, length: 1 }, 'from 0, 1 character'],
  pad: [{ do: 'pad', side: 'left', length: 8, with: '0' }, 'left to 8 with ‘0’'],
  split: [{ do: 'split', at: ',', take: -1 }, 'at ‘,’, part -1'],
  concat: [{ do: 'concat', columns: ['a', 'b'], between: ' ' }, 'a, b, ‘ ’ between'],
  template: [{ do: 'template', template: '{first} {}' }, '{first} {}'],
  slug: [{ do: 'slug', between: '_' }, '‘_’ between'],
  sku: [{ do: 'sku' }, ''],
  'strip nul': [{ do: 'strip nul' }, ''],
  'repair encoding': [{ do: 'repair encoding' }, ''],
  default: [{ do: 'default', value: '' }, '‘’'],
  'null if': [{ do: 'null if', values: ['-', ''] }, '‘-’ and ‘’'],
  'map values': [
    { do: 'map values', values: { A: 'active', X: null }, ignoreCase: true, otherwise: { value: '?' } },
    '‘A’ → ‘active’ and ‘X’ → NULL, else ‘?’',
  ],
  boolean: [
    { do: 'boolean', true: ['Y'], false: ['N', ''], onFailure: 'null' },
    '‘Y’ true, ‘N’ and ‘’ false, else NULL',
  ],
  number: [{ do: 'number', decimal: ',', group: ' ', strip: '€' }, '‘,’ decimal, ‘ ’ between thousands, without ‘€’'],
  round: [{ do: 'round', digits: 2, onFailure: 'keep' }, 'to 2 digits, else kept'],
  scale: [{ do: 'scale', by: -2 }, 'by -2'],
  cast: [{ do: 'cast', to: 'date' }, 'to date'],
  date: [{ do: 'date', formats: ['%Y-%m-%d', '%d/%m/%Y'] }, '%Y-%m-%d, %d/%m/%Y'],
  'time zone': [{ do: 'time zone', from: 'Europe/Copenhagen', to: 'UTC' }, 'Europe/Copenhagen → UTC'],
  phone: [{ do: 'phone', country: 'US', format: 'e164' }, 'US, e164'],
  email: [{ do: 'email', onFailure: 'null' }, 'else NULL'],
  json: [
    { do: 'json', fields: { street: 'addr1', city: 'town' }, defaults: { city: '?' }, keepEmpty: true },
    'street and city',
  ],
  pick: [{ do: 'pick', path: 'a.b[0]' }, 'a.b[0]'],
  pairs: [{ do: 'pairs', between: '|', onFailure: 'empty' }, '‘|’ and ‘=’, else {}'],
  records: [
    {
      do: 'records',
      fields: [
        { name: 'id', type: 'text' },
        { name: 'qty', type: 'number' },
      ],
    },
    'id and qty',
  ],
  sum: [{ do: 'sum', fields: ['qty', 'price'] }, 'qty × price'],
  'uuid from hex': [{ do: 'uuid from hex' }, ''],
  'uuid to hex': [{ do: 'uuid to hex' }, ''],
  hex: [{ do: 'hex' }, ''],
  'from hex': [{ do: 'from hex' }, ''],
  base64: [{ do: 'base64' }, ''],
  'from base64': [{ do: 'from base64' }, ''],
  hash: [{ do: 'hash', salt: 'pepper' }, 'salt pepper'],
  mask: [{ do: 'mask', kind: 'email', salt: 'pepper' }, 'email, salt pepper'],
};

const at = { table: 'customers', column: 'name' };

const project = (...steps: Transform[]): Project => ({
  drover: 1,
  name: 'shop',
  source: { url: 'sqlite:a.db', fingerprint: '' },
  target: { url: 'sqlite:b.db', fingerprint: '' },
  naming: 'keep',
  tables: [
    {
      source: 'customers',
      target: 'customers',
      columns: [{ source: 'name', target: 'name', type: 'text', ...(steps.length > 0 ? { steps } : {}) }],
    },
  ],
});

const stepsOf = ({ tables }: Project): string[] => tables[0]!.columns[0]!.steps?.map((step) => step.do) ?? [];

describe('the catalogue', () => {
  it('offers every step of the model once, in a group, with a sentence', () => {
    const offers = offersFor('');
    expect(offers.map(({ name }) => name).toSorted()).toEqual([...names].toSorted());
    expect(offers.filter(({ sentence }) => !/^\S.*\.$/.test(sentence))).toEqual([]);
    expect([...new Set(offers.map(({ group }) => group))]).toEqual(groups);
  });

  it('says what the model says', () => {
    expect(sentenceOf('strip')).toBe('Takes out all that matches.');
  });

  it('finds steps by name first, then by group and sentence', () => {
    expect(offersFor(' DATE')[0]?.name).toBe('date');
    expect(offersFor('currency')).toEqual([]);
    expect(offersFor('secrets').map(({ name }) => name)).toEqual(['hash', 'mask']);
    expect(offersFor('telephone').map(({ name }) => name)).toEqual(['phone']);
  });
});

describe('fields', () => {
  it.each(names)('of %s are all that its schema has, and give back what stands in them', (name) => {
    const option = transform.options.find(({ shape }) => shape.do.value === name)!;
    const fields = fieldsOf(name);
    expect(fields.map((field) => field.name)).toEqual(Object.keys(option.shape).filter((key) => key !== 'do'));
    const [step] = samples[name];
    expect(readDraft(name, fields, draftOf(step, fields))).toEqual({ step, wrong: {} });
  });

  it('know columns, bounds, words and what must be given', () => {
    expect(fieldsOf('concat')).toMatchObject([
      { name: 'columns', kind: 'list', holds: 'column', required: true },
      { name: 'between', kind: 'text', required: false },
    ]);
    expect(fieldsOf('json')[0]).toMatchObject({ kind: 'table', holds: 'column', nullable: false });
    expect(fieldsOf('json')[1]).toMatchObject({ kind: 'table', holds: 'text' });
    expect(fieldsOf('map values')).toMatchObject([
      { kind: 'table', nullable: true, holds: 'text' },
      { kind: 'flag' },
      { kind: 'either', words: ['keep', 'null', 'reject'], own: 'value' },
    ]);
    expect(fieldsOf('round')[0]).toMatchObject({ kind: 'integer', min: 0, max: 100 });
    expect(fieldsOf('split')[1]).toMatchObject({ kind: 'integer', min: null, max: null });
    expect(fieldsOf('records')[2]).toMatchObject({ kind: 'rows', fields: [{ kind: 'text' }, { kind: 'choice' }] });
  });
});

describe('a draft', () => {
  const wrongIn = (name: TransformName, draft: Draft) => readDraft(name, fieldsOf(name), draft).wrong;
  const stepIn = (name: TransformName, draft: Draft) => readDraft(name, fieldsOf(name), draft).step;

  it('says what is missing or out of bounds, in words', () => {
    expect(wrongIn('replace', {})).toEqual({ find: 'Needed.' });
    expect(wrongIn('pad', { length: 0, with: 'ab' })).toEqual({
      side: 'Needed.',
      length: 'At least 1.',
      with: 'Only one character.',
    });
    expect(wrongIn('round', { digits: 101 })).toEqual({ digits: 'At most 100.' });
    expect(wrongIn('split', { at: ',', take: '-' })).toEqual({ take: 'Needed.' });
    expect(wrongIn('date', { formats: { lines: [''], empty: false } })).toEqual({ formats: 'At least one is needed.' });
    expect(wrongIn('sum', { fields: { lines: ['a', 'b', 'c', 'd', 'e'], empty: false } })).toEqual({
      fields: 'At most 4.',
    });
    expect(wrongIn('phone', { country: 'us', format: 'e164' })).toEqual({
      country: 'Two capital letters, such as US.',
    });
    expect(stepIn('replace', {})).toBeNull();
  });

  it('leaves empty lines out, and keeps the empty text where it was meant', () => {
    expect(stepIn('null if', { values: { lines: ['-', ''], empty: false } })).toEqual({ do: 'null if', values: ['-'] });
    expect(stepIn('null if', { values: { lines: [''], empty: true } })).toEqual({ do: 'null if', values: [''] });
    const pairs = [
      { key: 'A', value: '' },
      { key: '', value: null },
      { key: '', value: '' },
    ];
    expect(stepIn('map values', { values: pairs })).toEqual({ do: 'map values', values: { A: '', '': null } });
    expect(stepIn('concat', { columns: { lines: ['a'], empty: false }, between: '' })).toEqual({
      do: 'concat',
      columns: ['a'],
    });
  });

  it('refuses a key that comes twice, and a part without a column', () => {
    const twice = [
      { key: 'A', value: '1' },
      { key: 'A', value: '2' },
    ];
    expect(readDraft('map values', fieldsOf('map values'), { values: twice })).toEqual({
      step: null,
      wrong: { values: '‘A’ is there twice.' },
    });
    expect(wrongIn('json', { fields: [{ key: 'city', value: '' }] })).toEqual({
      fields: 'Choose a column for ‘city’.',
    });
  });

  it('takes only names of secrets that a variable can give', () => {
    expect(wrongIn('hash', { salt: 'Pepper' })).toHaveProperty('salt');
    expect(wrongIn('hash', { salt: 'my-salt' })).toHaveProperty('salt');
    expect(wrongIn('hash', { salt: 'my_salt' })).toEqual({});
    expect(variableOf('my_salt')).toBe('DROVER_SECRET_MY_SALT');
    expect(variableOf('')).toBe('DROVER_SECRET_<NAME>');
  });

  it('is the same step in whatever order it is written', () => {
    expect(sameThing({ do: 'replace', find: 'a', with: 'b' }, { with: 'b', find: 'a', do: 'replace' })).toBe(true);
    expect(sameThing({ do: 'trim' }, { do: 'lower' })).toBe(false);
  });
});

describe('words', () => {
  it.each(names)('tell the settings of %s', (name) => {
    const [step, words] = samples[name];
    expect(settingsOf(step)).toBe(words);
  });

  it('tell a chain by its first steps', () => {
    expect(chainOf([{ do: 'trim' }])).toBe('1 step: trim');
    expect(chainOf([{ do: 'trim' }, { do: 'lower' }, { do: 'title' }, { do: 'hex' }])).toBe(
      '4 steps: trim, lower, title, …',
    );
  });
});

describe('edits', () => {
  const three = project({ do: 'trim' }, { do: 'lower' }, { do: 'title' });

  it('add, change, move and remove a step, each in its words', () => {
    const add = addStep(at, { do: 'trim' });
    expect(add.what).toBe('Add step trim to customers.name');
    expect(stepsOf(add.edit(project()))).toEqual(['trim']);
    expect(changeStep(at, 1, { do: 'upper' }).what).toBe('Change step upper of customers.name');
    expect(stepsOf(changeStep(at, 1, { do: 'upper' }).edit(three))).toEqual(['trim', 'upper', 'title']);
    expect(moveStep(at, { do: 'trim' }, 0, 1).what).toBe('Move step trim of customers.name');
    expect(stepsOf(moveStep(at, { do: 'trim' }, 0, 2).edit(three))).toEqual(['lower', 'title', 'trim']);
    expect(removeStep(at, { do: 'trim' }, 0).what).toBe('Remove step trim from customers.name');
    expect(stepsOf(removeStep(at, { do: 'trim' }, 0).edit(three))).toEqual(['lower', 'title']);
  });

  it('give back the very same project when there is nothing to do', () => {
    expect(changeStep(at, 0, { do: 'trim' }).edit(three)).toBe(three);
    expect(changeStep(at, 7, { do: 'trim' }).edit(three)).toBe(three);
    expect(moveStep(at, { do: 'trim' }, 0, -1).edit(three)).toBe(three);
    expect(moved([1, 2], 1, 2)).toEqual([1, 2]);
  });

  it('are handwork that mapping anew would lose', () => {
    expect(handworkOf(three)).toEqual(['1 column with steps']);
  });

  it('leave no empty chain behind', () => {
    expect(removeStep(at, { do: 'trim' }, 0).edit(project({ do: 'trim' })).tables[0]!.columns[0]).toEqual({
      source: 'name',
      target: 'name',
      type: 'text',
    });
  });
});

describe('faults', () => {
  it('stand at the step that they name', () => {
    const { data } = new DroverError('map.bad-transform', 'Step 2, strip: the pattern is wrong.', { hint: 'Mend it.' });
    expect(faultOf(data)).toEqual({ place: 1, message: 'The pattern is wrong.', cause: null, hint: 'Mend it.' });
    expect(faultOf({ ...data, message: 'No such thing.' })).toEqual({
      place: null,
      message: 'No such thing.',
      cause: null,
      hint: 'Mend it.',
    });
    expect(faultOf({ ...data, code: 'project.invalid' })).toBeNull();
  });

  it('are read from findings of the plan, too', () => {
    const finding = {
      code: 'map.bad-transform',
      severity: 'blocker',
      place: { side: 'project', table: 'customers', column: 'name' },
      message: 'customers.name: Step 1, hash: the secret "x" is not known.',
      remedies: [{ text: 'Give it.' }],
    } as const;
    expect(faultOfFinding({ ...finding, remedies: [...finding.remedies] })).toEqual({
      place: 0,
      message: 'The secret "x" is not known.',
      cause: null,
      hint: 'Give it.',
    });
  });
});
