// Names in the target: the project's policy and the target's limits. Two that become one are the plan's to tell.

import type { NamingPolicy } from '../../shared/model/mapping.ts';
import type { Capabilities } from '../dialects/capabilities.ts';
import { fitName } from '../dialects/names.ts';

/** The name that the policy gives, cut to what the target can hold. */
export function targetName(name: string, policy: NamingPolicy, capabilities: Capabilities): string {
  return fitName(apply(name, policy), capabilities);
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
