// The quarantine as a file: quoted as RFC 4180 wants it, whole JSON, over several pages.

import { expect, test } from 'vitest';
import type { QuarantinedRow } from '../../src/shared/model/quarantine.ts';
import { exportQuarantine, type QuarantineFormat } from '../../src/shared/quarantine-export.ts';

const row: QuarantinedRow = {
  table: 'people',
  source: 'persons',
  key: { id: '2' },
  column: 'mail',
  step: 'email',
  rule: null,
  reason: 'The value is not an e-mail address, or "none".',
  values: { id: '2', mail: 'a\nb', born: null },
  chunk: 0,
  resolvedBy: null,
};

async function written(format: QuarantineFormat, rows: readonly QuarantinedRow[]): Promise<string> {
  let text = '';
  const ask = async ({ offset, limit }: { offset: number; limit: number }) => ({
    rows: rows.slice(offset, offset + limit),
  });
  for await (const piece of exportQuarantine(format, ask)) text += piece;
  return text;
}

test('CSV has a line for each row, quotes doubled, key and values as JSON', async () => {
  const taken = { ...row, step: null, rule: 'mail: required', resolvedBy: 'mx1', reason: 'No.' };
  expect(await written('csv', [row, taken])).toBe(
    [
      'table,source,key,column,step,rule,reason,resolved_by,values',
      'people,persons,"{""id"":""2""}",mail,email,,"The value is not an e-mail address, or ""none"".",,"{""id"":""2"",""mail"":""a\\nb"",""born"":null}"',
      'people,persons,"{""id"":""2""}",mail,,mail: required,No.,mx1,"{""id"":""2"",""mail"":""a\\nb"",""born"":null}"',
      '',
    ].join('\r\n'),
  );
});

test('JSON is one list, however many pages there are', async () => {
  const many = Array.from({ length: 2000 }, (_, i) => ({ ...row, key: { id: String(i) } }));
  const read = JSON.parse(await written('json', many)) as { readonly key: { readonly id: string } }[];
  expect(read.map(({ key }) => key.id)).toEqual(many.map(({ key }) => key.id));
  expect(read[0]).toEqual({ ...without(row), key: { id: '0' }, resolved_by: null });
  expect(JSON.parse(await written('json', []))).toEqual([]);
});

function without({ chunk: _, resolvedBy: __, ...rest }: QuarantinedRow): object {
  return rest;
}
