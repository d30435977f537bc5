// Labels: what the fields of steps and rules and their choices are called, and what some of them offer.

export function labelOf(step: string, field: string): string {
  return labels[`${step}.${field}`] ?? labels[field] ?? sentenceCase(field);
}

export function choiceLabel(field: string, value: string): string {
  return choices[`${field}.${value}`] ?? value;
}

/** For a choice that is not made. */
export function unchosen(field: string): string {
  if (field === 'onFailure') return 'Reject the row';
  if (field === 'onBreak') return 'As the table says';
  return field === 'otherwise' ? 'Keep it as it is' : 'Not set';
}

/** What is usual there; anything else can be typed. */
export function usual(step: string, field: string): readonly string[] {
  if (step === 'time zone' && field !== 'onFailure') return Intl.supportedValuesOf('timeZone');
  return usualTexts[`${step}.${field}`] ?? [];
}

/** Lists in which the empty text is a value like any other. */
export function emptyCounts(step: string, field: string): boolean {
  return step === 'null if' || (step === 'boolean' && (field === 'true' || field === 'false'));
}

/** The headings of a table of two columns. */
export function headsOf(step: string, field: string): readonly [string, string] {
  return heads[`${step}.${field}`] ?? ['Name', 'Value'];
}

/** What a text must look like where its schema has a pattern. */
export function shapeOf(step: string, field: string): string | null {
  return step === 'phone' && field === 'country' ? 'Two capital letters, such as US.' : null;
}

/** The variable that gives a secret to Drover. */
export function variableOf(secret: string): string {
  return `DROVER_SECRET_${secret === '' ? '<NAME>' : secret.toUpperCase()}`;
}

const labels: Readonly<Record<string, string>> = {
  onFailure: 'A value it cannot work on',
  with: 'With',
  between: 'Between',
  'replace.with': 'Put instead',
  'replace pattern.with': 'Put instead',
  'pad.with': 'Character',
  'pad.length': 'Up to how many characters',
  'substring.start': 'First character',
  'substring.length': 'How many',
  'split.at': 'Split at',
  'split.take': 'Part to take',
  'concat.between': 'Between them',
  'map values.values': 'Values',
  'map values.ignoreCase': 'Upper and lower case are the same',
  'map values.otherwise': 'Other values',
  'null if.values': 'Values that become NULL',
  'boolean.true': 'Becomes true',
  'boolean.false': 'Becomes false',
  'number.decimal': 'Decimal sign',
  'number.group': 'Sign between thousands',
  'number.strip': 'Leave out first',
  'round.digits': 'Digits after the point',
  'scale.by': 'Places to move',
  'time zone.from': 'From zone',
  'time zone.to': 'To zone',
  'json.fields': 'Fields',
  'json.defaults': 'Where a part is missing',
  'json.keepEmpty': 'Keep empty parts',
  'pairs.between': 'Between pairs',
  'pairs.equals': 'Between key and value',
  'records.between': 'Between records',
  'records.inside': 'Between the fields of one',
  'records.fields': 'Fields of a record',
  'sum.fields': 'Field, or fields to multiply',
  salt: 'Name of the secret',
  'lookup.in': 'Table of the target',
  'lookup.match': 'Its column that holds the value',
  'lookup.take': 'Its column to take',
  onBreak: 'A row that breaks it',
  'length.min': 'At least, in characters',
  'length.max': 'At most, in characters',
  'format.is': 'Must be',
  'range.min': 'At least',
  'range.max': 'At most',
  'one of.values': 'Values',
  'exists.in': 'Exists in the table',
  'exists.match': 'As its column',
  'compare.is': 'Is',
  'compare.to': 'The column',
  'items.least': 'Items, at least',
  'items.fields': 'Fields of each item',
  above: 'Above',
  min: 'At least',
  max: 'At most',
};

const choices: Readonly<Record<string, string>> = {
  'onFailure.reject': 'Reject the row',
  'onFailure.null': 'Store NULL',
  'onFailure.keep': 'Keep it as it is',
  'onFailure.empty': 'Store {}',
  'otherwise.keep': 'Keep them as they are',
  'otherwise.null': 'Store NULL',
  'otherwise.reject': 'Reject the row',
  'otherwise.value': 'Store a value',
  'decimal..': '. point',
  'decimal.,': ', comma',
  'group..': '. point',
  'group.,': ', comma',
  'group. ': 'blank',
  "group.'": "' apostrophe",
  'group._': '_ underscore',
  'format.e164': 'E.164: +15551234567',
  'format.international': 'International: +1 555 123 4567',
  'format.national': 'National: (555) 123-4567',
  'format.us': 'US by the count of digits',
  'kind.email': 'E-mail address',
  'kind.phone': 'Telephone number',
  'kind.card': 'Card number',
  'kind.name': 'Name',
  'kind.all': 'All of it',
  'onBreak.stop': 'Stop and roll back',
  'onBreak.quarantine': 'Keep it aside',
  'onBreak.warn': 'Move it and count it',
  'is.email': 'an e-mail address',
  'is.url': 'a web address',
  'is.uuid': 'a UUID',
  'is.datetime': 'a date or time',
  'is.=': '= the same as',
  'is.<>': '<> not the same as',
  'is.<': '< less than',
  'is.<=': '<= at most',
  'is.>': '> more than',
  'is.>=': '>= at least',
};

const usualTexts: Readonly<Record<string, readonly string[]>> = {
  'date.formats': [
    '%Y-%m-%d %H:%M:%S',
    '%Y-%m-%d',
    '%m/%d/%Y',
    '%d/%m/%Y',
    '%d.%m.%Y',
    '%Y%m%d',
    'unix',
    'unix ms',
    'julian',
  ],
  'null if.values': ['NULL', 'null', 'N/A', 'n/a', '-', '0000-00-00'],
};

const heads: Readonly<Record<string, readonly [string, string]>> = {
  'map values.values': ['From', 'To'],
  'json.fields': ['Name', 'Column'],
  'json.defaults': ['Name', 'Text'],
};

function sentenceCase(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
