// When no plan can be made: what a person can do about it, by the error's code.

import type { DroverErrorData } from '../../../../shared/errors.ts';

export type WayOut =
  | { readonly kind: 'plan again' }
  | { readonly kind: 'map'; readonly table?: string; readonly column?: string }
  | { readonly kind: 'connect' }
  | { readonly kind: 'replace all' };

/** The most useful first. */
export function waysOut({ code, where }: DroverErrorData): readonly WayOut[] {
  const again: WayOut = { kind: 'plan again' };
  const field: WayOut = {
    kind: 'map',
    ...(where.table === undefined || where.side === 'target' ? {} : { table: where.table }),
    ...(where.column === undefined || where.side === 'target' ? {} : { column: where.column }),
  };
  if (code === 'plan.target-has-rows') return [{ kind: 'replace all' }, field, again];
  if (code.startsWith('connect.') || code === 'map.same-database' || code === 'inspect.no-such-schema') {
    return [{ kind: 'connect' }, again];
  }
  if (/^(project|map|plan)\./.test(code)) return [field, again];
  return [again];
}
