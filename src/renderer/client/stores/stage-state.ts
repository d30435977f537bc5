// How a stage stands, as the rail shows it.

export type StageState =
  | { readonly kind: 'todo' }
  | { readonly kind: 'ok' }
  | { readonly kind: 'busy'; readonly what: string }
  | { readonly kind: 'findings'; readonly count: number }
  | { readonly kind: 'blocked'; readonly count: number }
  | { readonly kind: 'running'; readonly percent: number }
  /** The engine is gone: how far it is can't be told. */
  | { readonly kind: 'unknown' }
  /** Published, without tables that were left out. */
  | { readonly kind: 'partial' }
  /** Published, then rolled back. */
  | { readonly kind: 'undone' }
  /** A person decides how it goes on. */
  | { readonly kind: 'open'; readonly what: string }
  | { readonly kind: 'failed'; readonly what: string };
