// What becomes of a legacy customer.

import { dateOf } from './dates.ts';
import { type Judged, Judgement, type SourceRow } from './judged.ts';
import { decode, present, titleCase } from './texts.ts';

export interface CustomerRow {
  readonly legacy_id: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string | null;
  /** JSON; the order of its keys means nothing. */
  readonly address: string;
  readonly status: string;
  readonly created_at: string;
  readonly updated_at: string | null;
}

/** Null for customers that are not active. One that was never modified is fine. */
export function customerOf(row: SourceRow, now: string): Judged<CustomerRow> | null {
  if (row.active !== '1') return null;
  const judgement = new Judgement();
  const judged: CustomerRow = {
    legacy_id: row.customer_id ?? '',
    name: nameOf(row.customer_name),
    email: emailOf(row.email_address, judgement),
    phone: phoneOf(row.phone_number, judgement),
    address: addressOf(row),
    status: statusOf(row.status_code, judgement),
    created_at: dateOf('created_at', row.created_date, now, judgement) ?? '',
    updated_at: row.last_modified == null ? null : dateOf('updated_at', row.last_modified, now, judgement),
  };
  return { row: judged, ...judgement };
}

/** Letters and digits of all scripts. What is taken out may leave two blanks behind: they are collapsed again. */
export function nameOf(value: string | null | undefined): string {
  const collapsed = (value ?? '').trim().replace(/\s+/gu, ' ');
  const cleaned = collapsed.replace(/[^\p{L}\p{Nd} .-]/gu, '');
  return titleCase(cleaned.trim().replace(/ +/g, ' ')) || 'Unknown Customer';
}

function emailOf(value: string | null | undefined, judgement: Judgement): string {
  const email = (value ?? '').trim().toLowerCase();
  if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) judgement.fault('email', email === '' ? 'missing' : 'no address');
  return email;
}

/** Not required: NULL stays NULL. Any text has digits or is at fault, the empty one too. */
function phoneOf(value: string | null | undefined, judgement: Judgement): string | null {
  if (value == null) return null;
  const digits = value.replace(/[^0-9]/g, '');
  if (digits.length < 10) judgement.fault('phone', 'too few digits');
  const local = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
  const shaped = `(${local.slice(0, 3)}) ${local.slice(3, 6)}-${local.slice(6)}`;
  if (local.length !== 10) return digits;
  return local === digits ? shaped : `+1 ${shaped}`;
}

/** Parts that are missing are left out. */
function addressOf(row: SourceRow): string {
  const parts = {
    street: present(row.street_address),
    city: present(row.city),
    state: present(row.state_province),
    postal_code: present(row.zip_postal),
    country: present(row.country) ?? 'US',
  };
  return JSON.stringify(Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== null)));
}

/** Codes in either case; a missing one counts as any other that nobody knows. */
function statusOf(code: string | null | undefined, judgement: Judgement): string {
  const status = decode(code, { active: ['1', 'A'], inactive: ['2', 'I'], suspended: ['3', 'S'], pending: ['4', 'P'] });
  if (status === null) judgement.count('status');
  return status ?? 'active';
}
