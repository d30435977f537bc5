// A name for a new project that no other one has here.

/** "shop", else "shop-2", "shop-3"…: as the files of projects are called. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!taken.has(name)) return name;
  }
}
