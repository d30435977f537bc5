// Names in the target: the project's policy, the target's limits, and no two tables or columns of one name.

import { DroverError } from '../../shared/errors.ts';
import type { NamingPolicy } from '../../shared/model/mapping.ts';
import type { Capabilities } from '../dialects/dialect.ts';
import { fitName, nameKey } from '../dialects/names.ts';

/** The name that the policy gives, cut to what the target can hold. */
export function targetName(name: string, policy: NamingPolicy, capabilities: Capabilities): string {
  return fitName(apply(name, policy), capabilities);
}

/** Names of one scope: of all tables (`table` null), or of the columns of one table. Throws `map.name-collision`. */
export function targetNames(
  names: readonly string[],
  policy: NamingPolicy,
  capabilities: Capabilities,
  table: string | null,
): string[] {
  const taken = new Map<string, string>();
  return names.map((name) => {
    const target = targetName(name, policy, capabilities);
    const key = nameKey(target, capabilities);
    const other = taken.get(key);
    if (other !== undefined) throw collision(other, name, target, table);
    taken.set(key, name);
    return target;
  });
}

function apply(name: string, policy: NamingPolicy): string {
  switch (policy) {
    case 'keep':
      return name;
    case 'lower':
      return name.toLowerCase();
    case 'snake':
      return snake(name);
  }
}

/** OrderItems → order_items, HTTPCode → http_code, "unit price" → unit_price. */
function snake(name: string): string {
  const words = name
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1_$2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2')
    .replace(/[^\p{L}\p{M}\p{N}_$]+/gu, '_')
    .replace(/(?<=[^_])_{2,}(?=[^_])/g, '_')
    .toLowerCase();
  const trimmed = /^\W/u.test(name) ? words.replace(/^_+/, '') : words;
  return trimmed.replace(/(?<=[^_])_+$/, name.endsWith('_') ? '$&' : '') || name;
}

function collision(first: string, second: string, target: string, table: string | null): DroverError {
  const what = table === null ? 'Tables' : `Columns of ${table}`;
  return new DroverError(
    'map.name-collision',
    `${what} would get the same name: ${first} and ${second} both become ${target}.`,
    {
      hint: 'Choose another naming policy (keep, lower, snake), or rename one of them in the source.',
      where: { side: 'source', ...(table === null ? { table: second } : { table, column: second }) },
    },
  );
}
