// The other side of a thread that stands aside: holds one session or one reader, and answers what is asked of it.

import type { MessagePort } from 'node:worker_threads';
import { assertNever } from '../../shared/errors.ts';
import type { Table } from '../../shared/model/catalog.ts';
import { loadDialect } from '../dialects/index.ts';
import type { Misfit, Reader } from '../dialects/reading.ts';
import type { Session } from '../dialects/session.ts';
import type { RowBatch } from '../pipeline/batch.ts';
import { asDroverError } from '../support/failure.ts';
import type { Answers, FromAside, Question } from './question.ts';

const TABLES_AT_ONCE = 1000;

export function serveAside(port: MessagePort): void {
  let session: Session | null = null;
  let reader: Reader | null = null;
  let tables: Table[] = [];
  let batches: AsyncIterator<RowBatch> | null = null;
  let misfits: Misfit[] = [];

  port.on('message', (question: Question) => {
    answer(question).then(
      (found) => tell({ kind: 'answer', answer: found }),
      (thrown: unknown) => tell({ kind: 'failed', error: asDroverError(thrown).data }),
    );
  });

  function tell(message: FromAside): void {
    port.postMessage(message);
  }

  async function answer(question: Question): Promise<Answers[Question['ask']]> {
    switch (question.ask) {
      case 'connect': {
        const dialect = await loadDialect(question.access.connection.family);
        session = await dialect.connect(question.access, question.options);
        const { server, tls, readOnly } = session;
        return { server, tls, readOnly };
      }
      case 'query':
        return theSession().query(question.sql, question.parameters);
      case 'execute':
        await theSession().execute(question.statements, question);
        return null;
      case 'inspect': {
        const { tables: found, ...rest } = await theSession().inspect();
        tables = found;
        return rest;
      }
      case 'tables':
        return tables.splice(0, TABLES_AT_ONCE);
      case 'profile':
        return (session ?? theReader()).profile(question.request);
      case 'rows within':
        return (session ?? theReader()).rowsWithin(question.seconds, question.sql);
      case 'privileges':
        return theSession().missingPrivileges(question.use, question.tables);
      case 'describe':
        return theSession().describe(question.query);
      case 'sample':
        return theSession().sample(question.request);
      case 'open': {
        const dialect = await loadDialect(question.access.connection.family);
        reader = await dialect.openReader(question.access, null, question.side);
        return null;
      }
      case 'scan':
        await leaveScan();
        return begin(question);
      case 'batch':
        return nextBatch();
      case 'close':
        await close();
        return null;
      default:
        return assertNever(question);
    }
  }

  function begin({ scan, limit }: Extract<Question, { ask: 'scan' }>): null {
    misfits = [];
    const glance = limit === null ? {} : { glance: { limit, misfit: (misfit: Misfit) => void misfits.push(misfit) } };
    // Nobody can abort it from here: who asks ends the thread.
    batches = theReader()
      .read({ ...scan, ...glance }, new AbortController().signal)
      [Symbol.asyncIterator]();
    return null;
  }

  async function nextBatch(): Promise<Answers['batch']> {
    const next = await batches?.next();
    if (!next || next.done) return null;
    const { bytes, length, rows } = next.value;
    const told = misfits;
    misfits = [];
    // The reader goes on to use its own.
    return { bytes: new Uint8Array(bytes.subarray(0, length)), rows, misfits: told };
  }

  /** One that was not read to its end. */
  async function leaveScan(): Promise<void> {
    const left = batches;
    batches = null;
    await left?.return?.();
  }

  async function close(): Promise<void> {
    const open = session ?? reader;
    await leaveScan();
    session = null;
    reader = null;
    tables = [];
    await open?.close();
  }

  function theSession(): Session {
    if (!session) throw new Error('no session was opened');
    return session;
  }

  function theReader(): Reader {
    if (!reader) throw new Error('no reader was opened');
    return reader;
  }
}
