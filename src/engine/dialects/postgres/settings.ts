// The settings every connection runs under, so that values have one text form and no limit ends a long copy.

import type { Server } from '../../../shared/model/connection.ts';
import { literal, quote } from './syntax.ts';

const IDLE_SESSION_TIMEOUT = 140_000;
const TRANSACTION_TIMEOUT = 170_000;

/** One string of statements for a fresh connection. */
export function sessionSettings(role: 'source' | 'target', schema: string, server: Server): string {
  return [
    `SET search_path = ${quote(schema)}`,
    "SET client_encoding = 'UTF8'",
    'SET standard_conforming_strings = on',
    "SET DateStyle = 'ISO'",
    "SET IntervalStyle = 'iso_8601'",
    "SET TimeZone = 'UTC'",
    'SET extra_float_digits = 1',
    "SET bytea_output = 'hex'",
    "SET xmloption = 'content'",
    'SET statement_timeout = 0',
    'SET idle_in_transaction_session_timeout = 0',
    ...(server.versionNumber >= IDLE_SESSION_TIMEOUT ? ['SET idle_session_timeout = 0'] : []),
    ...(server.versionNumber >= TRANSACTION_TIMEOUT ? ['SET transaction_timeout = 0'] : []),
    // A client whose machine died is noticed, and what it holds is let go.
    'SET tcp_keepalives_idle = 30',
    'SET tcp_keepalives_interval = 10',
    'SET client_min_messages = warning',
    ...(role === 'source' ? SOURCE : TARGET),
  ].join(';');
}

const SOURCE = [
  // Rows hidden by row-level security become an error instead of missing rows.
  'SET row_security = off',
  'SET default_transaction_read_only = on',
];

const TARGET = [
  // Verification reads the target; hidden rows would look like lost ones.
  'SET row_security = off',
  // Money is loaded as plain decimals.
  "SET lc_monetary = 'C'",
  // A committed chunk must survive a crash; stricter settings of the server stay.
  "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'",
  `SELECT set_config('maintenance_work_mem', ${literal('256MB')}, false)
     WHERE pg_size_bytes(current_setting('maintenance_work_mem')) < pg_size_bytes(${literal('256MB')})`,
];
