// Sends a statement that returns no rows, given as bytes, and tells what the server did with it.

import { Command, encodedNumber, type RawConnection } from './command.ts';

export interface Outcome {
  readonly affectedRows: number;
  /** Saturates at 65,535. */
  readonly warnings: number;
}

export function sendStatement(connection: RawConnection, statement: Buffer): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    connection.addCommand(new SendCommand(statement, resolve, reject));
  });
}

class SendCommand extends Command {
  readonly #resolve: (outcome: Outcome) => void;

  constructor(statement: Buffer, resolve: (outcome: Outcome) => void, reject: (error: Error) => void) {
    super(statement, reject);
    this.#resolve = resolve;
  }

  /** An OK packet: 0, affected rows, last insert id, status flags, warnings. */
  protected override receive(bytes: Buffer, start: number): boolean {
    const affected = encodedNumber(bytes, start + 1);
    const insertId = encodedNumber(bytes, affected.next);
    this.#resolve({ affectedRows: affected.value, warnings: bytes.readUInt16LE(insertId.next + 2) });
    return true;
  }
}
