// Cycles and neighbourhoods of the graph that Inspect draws.

import { describe, expect, it } from 'vitest';
import { around, graphOf } from '../../src/renderer/features/inspect/graph/graph.ts';
import { largest } from '../../src/renderer/features/inspect/sizes/largest.ts';
import type { TableSummary } from '../../src/shared/model/overview.ts';

function table(name: string, refersTo: readonly string[] = [], rows = 0): TableSummary {
  return {
    name,
    kind: 'table',
    rows,
    bytes: null,
    columns: 1,
    primaryKey: [],
    uniques: 0,
    indexes: 0,
    checks: 0,
    references: refersTo.map((to, at) => ({ name: `${name}_${at}`, schema: null, table: to })),
    dependants: 0,
    comment: null,
  };
}

describe('cycles', () => {
  it('tells apart two cycles, a table that refers to itself, and those in none', () => {
    const graph = graphOf([
      table('a', ['b']),
      table('b', ['c']),
      table('c', ['a']),
      table('d', ['e', 'a']),
      table('e', ['d']),
      table('f', ['f', 'a']),
    ]);
    const [first, second] = [graph.cycles.get('a'), graph.cycles.get('d')];
    expect(first).toBeDefined();
    expect(second).toBeDefined();
    expect(first).not.toBe(second);
    const found = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => graph.cycles.get(name));
    expect(found).toEqual([first, first, first, second, second, undefined]);
    expect([...graph.selfReferring]).toEqual(['f']);
  });

  it('walks a chain of 10,000 tables that ends where it began', () => {
    const names = Array.from({ length: 10_000 }, (_, at) => `t${at}`);
    const graph = graphOf(names.map((name, at) => table(name, [names[(at + 1) % names.length]!])));
    expect(graph.cycles.size).toBe(10_000);
    expect(new Set(graph.cycles.values()).size).toBe(1);
  });
});

describe('the graph', () => {
  it('joins several keys between the same tables to one arrow and leaves other schemas out', () => {
    const other = { name: 'elsewhere', schema: 'archive', table: 'b' };
    const twice = table('a', ['b', 'b', 'nowhere']);
    const graph = graphOf([{ ...twice, references: [...twice.references, other] }, table('b')]);
    expect(graph.references).toEqual([{ from: 'a', to: 'b', keys: ['a_0', 'a_1'] }]);
  });

  it('finds what is near in both directions, nearest first, and no more than wanted', () => {
    const graph = graphOf([table('a', ['b']), table('b', ['c']), table('c', ['d']), table('d'), table('e', ['b'])]);
    const [centre, ...near] = around(graph, 'b', 1, 10);
    expect(centre).toBe('b');
    expect(near.toSorted()).toEqual(['a', 'c', 'e']);
    expect(around(graph, 'b', 2, 10)).toContain('d');
    expect(around(graph, 'b', 3, 2)).toHaveLength(2);
  });
});

describe('sizes', () => {
  it('sums what is not among the twenty largest', () => {
    const parts = largest(
      Array.from({ length: 25 }, (_, at) => table(`t${at}`, [], at)),
      'rows',
    );
    expect(parts).toHaveLength(21);
    expect(parts[0]).toEqual({ name: 't24', value: 24, rest: false });
    expect(parts.at(-1)).toEqual({ name: '5 more tables', value: 0 + 1 + 2 + 3 + 4, rest: true });
  });
});
