// The table of what was tried and what came of it, and how to repeat what went wrong.

import type { Result } from './cycle.ts';

export interface Cell {
  readonly fault: string;
  readonly pair: string;
  runs: number;
  struck: number;
  insidePublish: number;
  violations: number;
  looks: number;
}

export interface Failure {
  readonly replay: string;
  readonly result: Result;
}

export class Tally {
  readonly cells = new Map<string, Cell>();
  readonly failures: Failure[] = [];

  add(fault: string, pair: string, seed: string, result: Result): void {
    const key = `${fault} ${pair}`;
    const cell = this.cells.get(key) ?? { fault, pair, runs: 0, struck: 0, insidePublish: 0, violations: 0, looks: 0 };
    this.cells.set(key, cell);
    cell.runs++;
    if (result.struck) cell.struck++;
    if (result.insidePublish) cell.insidePublish++;
    if (result.violations.length > 0) cell.violations++;
    cell.looks += result.looks;
    if (result.violations.length > 0) this.failures.push({ replay: `${fault} ${pair} ${seed}`, result });
  }

  /** A violation in such words. */
  has(words: RegExp | undefined): boolean {
    return this.failures.some(({ result }) => result.violations.some((each) => words?.test(each)));
  }

  get violations(): number {
    return this.failures.length;
  }

  toString(): string {
    const rows = [...this.cells.values()];
    const sum = (of: (cell: Cell) => number) => rows.reduce((total, cell) => total + of(cell), 0);
    const lines = [
      ['class', 'pair', 'runs', 'struck', 'in publish', 'looks', 'violations'],
      ...rows.map((cell) => [
        cell.fault,
        cell.pair,
        ...[cell.runs, cell.struck, cell.insidePublish, cell.looks, cell.violations].map(String),
      ]),
      [
        'all',
        '',
        ...[
          sum(({ runs }) => runs),
          sum(({ struck }) => struck),
          sum(({ insidePublish }) => insidePublish),
          sum(({ looks }) => looks),
          sum(({ violations }) => violations),
        ].map(String),
      ],
    ];
    const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
    const text = lines.map((line) => line.map((cell, column) => align(cell, widths[column]!, column)).join('  '));
    return text.join('\n');
  }
}

function align(cell: string, width: number, column: number): string {
  return column < 2 ? cell.padEnd(width) : cell.padStart(width);
}
