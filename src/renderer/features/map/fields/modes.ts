// The choices for tables that stand in the target, in words.

export const modes = [
  { value: 'create', label: 'Create: refuse when it holds rows' },
  { value: 'replace', label: 'Replace: keep the old one as a backup' },
  { value: 'append', label: 'Append: add the rows to it' },
  { value: 'upsert', label: 'Upsert: add rows, or update those with their key' },
];

export const conflicts = [
  { value: 'update', label: 'Update: it gets the values of the source' },
  { value: 'skip', label: 'Skip: it stays as it is' },
  { value: 'fail', label: 'Fail: nothing is published' },
];
