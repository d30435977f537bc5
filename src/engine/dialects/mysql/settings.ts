// What every session sets, so that no server's or client's configuration changes what values mean.

import type { Server } from '../../../shared/model/connection.ts';

/** Zero dates are allowed: whether they may be written is decided per column by the plan, not by the session. */
export const STRICT_MODE = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION';
/** Without it the blank of an ENUM (its error value) can't be written; see insert.ts for how it is guarded. */
export const LENIENT_MODE = 'NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION';

export const OLDEST = { MySQL: 80_000, MariaDB: 100_600 } as const;

const TWO_HOURS = 7200;
/** The largest idle time that servers on Windows take, too. */
const FOREVER = 2_147_483;

/** Statements that must succeed on every supported server. */
export function sessionSettings(server: Server, role: 'source' | 'target'): string[] {
  const values: Record<string, string | number> = {
    sql_mode: `'${STRICT_MODE}'`,
    time_zone: "'+00:00'",
    autocommit: 1,
    sql_auto_is_null: 0,
    sql_big_selects: 1,
    sql_safe_updates: 0,
    sql_select_limit: '18446744073709551615',
    sql_notes: 1,
    foreign_key_checks: 1,
    unique_checks: 1,
    wait_timeout: FOREVER,
    interactive_timeout: FOREVER,
    net_read_timeout: TWO_HOURS,
    net_write_timeout: TWO_HOURS,
    lock_wait_timeout: 30,
    innodb_lock_wait_timeout: 50,
    ...(server.variant === 'MariaDB'
      ? {
          max_statement_time: 0,
          idle_transaction_timeout: 0,
          idle_readonly_transaction_timeout: 0,
          idle_write_transaction_timeout: 0,
          check_constraint_checks: 1,
        }
      : { max_execution_time: 0, information_schema_stats_expiry: 0 }),
  };
  const assignments = Object.entries(values).map(([name, value]) => `SESSION ${name} = ${value}`);
  return [
    'SET NAMES utf8mb4',
    `SET ${assignments.join(', ')}`,
    'SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ',
    ...(role === 'source' ? ['SET SESSION TRANSACTION READ ONLY'] : []),
  ];
}

/** Statements that help where they are allowed; an older server or a lesser account refuses them. */
export function wishedSettings(): string[] {
  return ['SET SESSION explicit_defaults_for_timestamp = 1'];
}
