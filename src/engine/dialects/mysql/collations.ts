// Collations: which of them a target gets where nobody says otherwise, and which of a source's it has too.

import type { Server } from '../../../shared/model/connection.ts';
import { isMariaDb } from './capabilities.ts';

/** Tells blanks at the end apart, as every other family does, but not case, as MySQL's users expect. */
export function tableCollation(server: Server): string {
  if (!isMariaDb(server)) return 'utf8mb4_0900_ai_ci';
  return server.versionNumber >= 101_001 ? 'utf8mb4_uca1400_nopad_ai_ci' : 'utf8mb4_unicode_520_nopad_ci';
}

/** Tells all texts apart. */
export function binaryCollation(server: Server): string {
  if (isMariaDb(server)) return 'utf8mb4_nopad_bin';
  return server.versionNumber >= 80_017 ? 'utf8mb4_0900_bin' : 'utf8mb4_bin';
}

/** Those that MySQL and MariaDB have had alike since long ago. */
const SHARED = /^utf8mb4_(bin|unicode_520_ci|(?!myanmar)[a-z]+2?_ci)$/;

/**
 * The same collation on another server, over utf8mb4, which is what every target gets; null where it has none.
 * utf8mb3 is compared as utf8mb4 is, as far as it reaches.
 */
export function collationOn(name: string, from: Server, to: Server): string | null {
  const wide = name.replace(/^utf8(mb3)?_/, 'utf8mb4_');
  if (!wide.startsWith('utf8mb4_') || wide.includes('mysql500')) return null;
  const isNewer = from.variant === to.variant && to.versionNumber >= from.versionNumber;
  return isNewer || SHARED.test(wide) ? wide : null;
}

/** The type with a collation that tells all texts apart. */
export function exactType(native: string, server: Server): string {
  return `${native} CHARACTER SET utf8mb4 COLLATE ${binaryCollation(server)}`;
}
