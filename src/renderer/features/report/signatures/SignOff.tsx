// Who has put their name under the report, and the form to do so.

import { Button, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { DroverErrorData } from '../../../../shared/errors.ts';
import type { Signature } from '../../../../shared/model/report.ts';
import type { ReportOverview } from '../../../../shared/model/report-page.ts';
import { failureOf } from '../../../client/failure.ts';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import frame from '../report.module.css';
import { sign } from '../report-store.ts';
import { moment } from '../words.ts';
import classes from './signatures.module.css';

const blank = { name: '', role: '', note: '' };

export function SignOff({ report }: { readonly report: ReportOverview }): React.JSX.Element {
  const [draft, setDraft] = useState(blank);
  const [signing, setSigning] = useState(false);
  const [error, setError] = useState<DroverErrorData | null>(null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setSigning(true);
    setError(null);
    try {
      await sign(report.run, draft);
      setDraft(blank);
    } catch (thrown) {
      setError(failureOf(thrown));
    } finally {
      setSigning(false);
    }
  }

  return (
    <div className={`${frame.page} ${classes.columns}`}>
      <section>
        <h3>Signatures</h3>
        <Signatures signatures={report.signatures} />
      </section>
      <form onSubmit={(event) => void submit(event)} className={classes.form}>
        <h3>Sign this report</h3>
        <TextInput
          label="Name"
          required
          value={draft.name}
          onChange={({ currentTarget }) => setDraft({ ...draft, name: currentTarget.value })}
        />
        <TextInput
          label="Role"
          value={draft.role}
          onChange={({ currentTarget }) => setDraft({ ...draft, role: currentTarget.value })}
        />
        <Textarea
          label="Note"
          autosize
          minRows={3}
          maxRows={8}
          value={draft.note}
          onChange={({ currentTarget }) => setDraft({ ...draft, note: currentTarget.value })}
        />
        <p className="quiet">The date is added. A signature stays in the report and in every export of it.</p>
        {error ? <ErrorNote error={error} /> : null}
        <div>
          <Button type="submit" disabled={signing || draft.name.trim() === ''}>
            Sign the report
          </Button>
        </div>
      </form>
    </div>
  );
}

export function Signatures({ signatures }: { readonly signatures: readonly Signature[] }): React.JSX.Element {
  if (signatures.length === 0) return <p className="quiet">Nobody has signed yet.</p>;
  return (
    <ul className={classes.list} data-selectable>
      {signatures.map(({ name, role, note, at }) => (
        <li key={`${at} ${name}`}>
          <div>
            <strong>{name}</strong>
            {role === '' ? null : <span className="quiet">, {role}</span>}
          </div>
          <div className="quiet">{moment(at)}</div>
          {note === '' ? null : <p>{note}</p>}
        </li>
      ))}
    </ul>
  );
}
