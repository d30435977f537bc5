// What was changed and what was found of it, counted by pair, by kind and by type.

export interface Tried {
  readonly pair: string;
  readonly kind: string;
  /** The source's, and what became of it. */
  readonly type: string;
  readonly found: boolean;
}

export class Figures {
  readonly #tried: Tried[] = [];
  /** Each mutation that was not found as what it is, and each false alarm. */
  readonly violations: string[] = [];
  /** Verifications of tables that nobody had touched. */
  cleanTables = 0;
  /** Verifications in which no table had been touched. */
  cleanRuns = 0;

  add(tried: Tried): void {
    this.#tried.push(tried);
  }

  get mutations(): number {
    return this.#tried.length;
  }

  toString(): string {
    const found = this.#tried.filter((each) => each.found).length;
    return [
      ...this.#by('pair', ({ pair }) => pair),
      ...this.#by('kind', ({ kind }) => kind),
      ...this.#by('type', ({ type }) => type),
      `${this.mutations} mutations, ${found} found with table, key and column`,
      `${this.cleanRuns} verifications of ${this.cleanTables} tables that nobody had touched`,
    ].join('\n');
  }

  #by(heading: string, name: (tried: Tried) => string): string[] {
    const groups = [...Map.groupBy(this.#tried, name)].sort(([a], [b]) => (a < b ? -1 : 1));
    const lines = groups.map(([label, tried]) => {
      const found = tried.filter((each) => each.found).length;
      return `  ${label.padEnd(48)} ${String(tried.length).padStart(5)} ${String(found).padStart(5)}`;
    });
    return [`${heading.padEnd(50)} ${'tried'.padStart(5)} ${'found'.padStart(5)}`, ...lines, ''];
  }
}
