// Keys: how a table or a column of a mapping is pointed at, whatever it is called in the target.

/** The source's name; where several come from one source, the second and later get their number: "orders#2". */
export function keysOf(mapped: readonly { readonly source: string }[]): readonly string[] {
  const known = remembered.get(mapped);
  if (known) return known;
  const taken = new Set<string>();
  const keys = mapped.map(({ source }) => {
    let key = source;
    for (let n = 2; taken.has(key); n++) key = `${source}#${n}`;
    taken.add(key);
    return key;
  });
  remembered.set(mapped, keys);
  return keys;
}

/** Lists of a project never change: a changed project has new ones. */
const remembered = new WeakMap<object, readonly string[]>();

export function byKey<M extends { readonly source: string }>(mapped: readonly M[], key: string): M | null {
  return mapped[keysOf(mapped).indexOf(key)] ?? null;
}
