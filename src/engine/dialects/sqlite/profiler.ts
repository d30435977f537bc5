// Asks the questions about the values of one table, each of the quickest that can answer it.

import type { Database } from 'better-sqlite3';
import type { Answers } from '../../../shared/model/profile.ts';
import type { ProfileRequest } from '../session.ts';
import type { PageFile } from './pages/page-file.ts';
import { columnFacts } from './profiler/column-facts.ts';
import { exactAnswers, isUtf8File, scanAll } from './profiler/exact.ts';
import { ordinaryAnswers } from './profiler/ordinary.ts';
import { pageAnswers } from './profiler/page-facts.ts';
import { plainTextAnswers } from './profiler/plain-texts.ts';

/** `file`: the pages, where they can be had. */
export function profileTable(
  db: Database,
  request: ProfileRequest,
  file: PageFile | null = null,
): Record<string, Answers> {
  const asked = new Open(request);
  const utf8 = isUtf8File(db);
  if (file && utf8) asked.take(pageAnswers(db, file, request));
  // Where values are of the ordinary kind, which most are: one light scan, and one walk through the bytes of texts.
  const facts = columnFacts(db, request);
  asked.take(ordinaryAnswers(asked.left, facts, (expressions) => scanAll(db, request, expressions)));
  if (utf8) asked.take(plainTextAnswers(db, asked.left));
  asked.take(exactAnswers(db, asked.left));
  return asked.answers;
}

/** The questions of a request while they are answered, each by the quickest that can. */
class Open {
  readonly #request: ProfileRequest;
  readonly answers: Record<string, Answers>;

  constructor(request: ProfileRequest) {
    this.#request = request;
    this.answers = Object.fromEntries(request.questions.map(({ column }) => [column, {}]));
  }

  get left(): ProfileRequest {
    const questions = this.#request.questions
      .map((each) => ({
        ...each,
        ask: each.ask.filter((question) => this.answers[each.column]![question] === undefined),
      }))
      .filter(({ ask }) => ask.length > 0);
    return { ...this.#request, questions };
  }

  take(answers: Record<string, Answers>): void {
    for (const [column, each] of Object.entries(answers)) this.answers[column] = { ...this.answers[column], ...each };
  }
}
