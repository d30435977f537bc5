// What a person types: commands, options, URLs.

import { CommanderError } from 'commander';
import { describe, expect, test } from 'vitest';
import { databaseName } from '../../src/cli/confirm.ts';
import { createProgram } from '../../src/cli/program.ts';
import { databaseUrl } from '../../src/host/url.ts';

describe('usage errors', () => {
  test.each([
    [['dance'], 'commander.unknownCommand'],
    [['run'], 'commander.missingArgument'],
    [['migrate', 'a', 'b', '--batch-size', '0'], 'commander.invalidArgument'],
    [['migrate', 'a', 'b', '--workers', 'many'], 'commander.invalidArgument'],
    [['migrate', 'a', 'b', '--mode', 'overwrite'], 'commander.invalidArgument'],
    [['map', 'a', 'b', '--tables', 'x,,y'], 'commander.invalidArgument'],
    [['profile', 'a'], 'commander.missingArgument'],
    [['profile', 'a', 't', '--rows', '7'], 'commander.invalidArgument'],
    [['profile', 'a', 't', '--columns', 'x,'], 'commander.invalidArgument'],
    [['report', 'x', '--format', 'pdf'], 'commander.invalidArgument'],
    [['inspect', 'a', 'b'], 'commander.excessArguments'],
  ])('%j', async (words, code) => {
    const program = createProgram(() => {});
    const error = await program.parseAsync(words, { from: 'user' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CommanderError);
    expect((error as CommanderError).code).toBe(code);
  });
});

describe('databases', () => {
  test.each([
    ['shop.db', 'sqlite:/base/shop.db'],
    ['dir/shop.sqlite3', 'sqlite:/base/dir/shop.sqlite3'],
    ['/abs/shop.sqlite', 'sqlite:/abs/shop.sqlite'],
    ['sqlite:shop.db', 'sqlite:/base/shop.db'],
    ['sqlite:/abs/shop.db', 'sqlite:/abs/shop.db'],
    ['postgres://u@h/db', 'postgres://u@h/db'],
    ['mysql://u@h/shop.db', 'mysql://u@h/shop.db'],
    ['shop.txt', 'shop.txt'],
  ])('%s is %s', (typed, url) => {
    expect(databaseUrl(typed, '/base')).toBe(url);
  });

  test.each([
    ['postgres://u@h:5432/new%20shop?schema=x', 'new shop'],
    ['mysql://u@h/shop', 'shop'],
    ['sqlite:/data/shop.db', 'shop.db'],
    ['postgres://u@h', 'the target'],
  ])('the name of %s is %s', (url, name) => {
    expect(databaseName(url)).toBe(name);
  });
});
