// Masking: which steps of the catalogue hide what a mark speaks of.

import { assertNever } from '../../shared/errors.ts';
import type { MaskingSuggestion, PersonalKind } from '../../shared/model/column-profile.ts';
import type { LogicalType } from '../../shared/model/logical-type.ts';

/** The secret that salted masks are derived from; the host gives it as DROVER_SECRET_MASKING. */
const SALT = 'masking';
const NEEDS_SECRET = 'Equal values get equal masks, different ones different ones; it needs DROVER_SECRET_MASKING.';

/**
 * Steps that hide values of this kind, the fittest first; none where no step can work on the type.
 * `unique` columns, and those that others refer to, must stay so: only salted masks keep values apart.
 */
export function maskingFor(kind: PersonalKind, logical: LogicalType, unique: boolean): MaskingSuggestion[] {
  const text =
    logical.kind === 'text' || logical.kind === 'opaque' || logical.kind === 'integer' || logical.kind === 'decimal';
  if (kind === 'date of birth' && (logical.kind === 'date' || logical.kind === 'timestamp'))
    return birthdays(logical.kind);
  if (!text) return [];
  const suggestions = suggestionsFor(kind);
  // Without a salt two values may get one mask, and a key would break.
  const fitting = unique ? suggestions.filter(({ steps }) => steps.some((step) => 'salt' in step)) : suggestions;
  return logical.kind === 'text' ? fitting : fitting.map(asText);
}

function suggestionsFor(kind: PersonalKind): MaskingSuggestion[] {
  switch (kind) {
    case 'e-mail address':
      return masks('email', 'Mask: first letter and last label stay');
    case 'telephone number':
      return masks('phone', 'Mask: the last 2 digits stay');
    case 'payment card':
      return masks('card', 'Mask: the last 4 digits stay');
    case 'name':
      return masks('name', 'Mask: initials stay');
    case 'IP address':
      return [
        {
          title: 'Cut the last part of IPv4 addresses',
          steps: [{ do: 'replace pattern', pattern: String.raw`^(\d+\.\d+\.\d+)\.\d+`, with: '$1.0' }],
          note: 'IPv6 addresses stay as they are.',
        },
        ...masks('all', 'Hide altogether'),
      ];
    case 'secret':
      return [
        {
          title: 'Hash with a salt',
          steps: [{ do: 'hash', salt: SALT }],
          note: 'The result has 64 characters; it needs DROVER_SECRET_MASKING.',
        },
        ...masks('all', 'Hide altogether'),
      ];
    case 'postal address':
    case 'date of birth':
    case 'national identifier':
    case 'bank account':
      return masks('all', 'Hide altogether');
    default:
      return assertNever(kind);
  }
}

function masks(kind: 'email' | 'phone' | 'card' | 'name' | 'all', title: string): MaskingSuggestion[] {
  return [
    { title, steps: [{ do: 'mask', kind }], note: null },
    { title: `${title}, equal values stay equal`, steps: [{ do: 'mask', kind, salt: SALT }], note: NEEDS_SECRET },
  ];
}

/** The year stays, so that ages still add up. */
function birthdays(kind: 'date' | 'timestamp'): MaskingSuggestion[] {
  return [
    {
      title: 'Keep the year only',
      steps: [
        { do: 'replace pattern', pattern: String.raw`^(\d{4})-.*$`, with: '$1-01-01' },
        { do: 'cast', to: kind },
      ],
      note: null,
    },
  ];
}

function asText({ note, ...suggestion }: MaskingSuggestion): MaskingSuggestion {
  const becomes = 'The column becomes text in the target.';
  return { ...suggestion, note: note === null ? becomes : `${note} ${becomes}` };
}
