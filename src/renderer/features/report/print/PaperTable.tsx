// A plain table for paper; nothing where it has no rows.

import classes from './print.module.css';

export interface PaperTableProps {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The heads of columns that hold figures. */
  readonly figures?: readonly string[];
  readonly note?: string;
}

/** Longer texts, digests and keys may break anywhere; words do not. */
const WORD = 20;

export function PaperTable({ title, head, rows, figures = [], note }: PaperTableProps): React.JSX.Element | null {
  if (rows.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      <table className={classes.table}>
        <thead>
          <tr>
            {head.map((each) => (
              <th key={each} scope="col" data-figures={figures.includes(each) || undefined}>
                {each}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: paper is drawn once
            <tr key={at}>
              {head.map((each, column) => (
                <td
                  key={each}
                  data-long={(row[column] ?? '').length > WORD || undefined}
                  data-figures={figures.includes(each) || undefined}
                >
                  {row[column]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {note ? <p className="quiet">{note}</p> : null}
    </>
  );
}
