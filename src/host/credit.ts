// Credit of one stream: how many items the screen has asked for and not yet got.

export class Credit {
  #left = 0;
  #ended = false;
  #wake: (() => void) | null = null;

  add(items: number): void {
    this.#left += items;
    this.#wake?.();
  }

  /** Nobody waits for items any more: whoever waits for credit goes on. */
  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  async take(): Promise<void> {
    while (this.#left === 0 && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#wake = null;
    if (!this.#ended) this.#left--;
  }
}
