// The evidence of every table on paper; of very many points only those that differ, and it says so.

import { fedWords } from '../../../../shared/feeds.ts';
import { count, duration, many } from '../../../../shared/format.ts';
import { mergedWords } from '../../../../shared/merging-words.ts';
import type { TableReport } from '../../../../shared/model/report.ts';
import { secondsOf, tableName } from '../../../../shared/report-values.ts';
import { fateWords } from '../../../../shared/rule-words.ts';
import { useFrom } from '../../../client/use-from.ts';
import { MASK } from '../differences/difference-columns.tsx';
import { reporting } from '../report-store.ts';
import { agreeing, keyText } from '../words.ts';
import { PaperTable } from './PaperTable.tsx';

/** About a hundred pages. */
const POINTS_PRINTED = 5000;

export function PrintedTables({ tables }: { readonly tables: readonly TableReport[] }): React.JSX.Element {
  const shown = useFrom(reporting, (state) => state.valuesShown);
  const value = (text: string | null, wholeRow: boolean): string => {
    if (wholeRow) return '';
    return shown ? (text ?? 'NULL') : MASK;
  };
  const total = tables.reduce((sum, { witnesses, structure }) => sum + witnesses.length + structure.length, 0);
  const printsAll = total <= POINTS_PRINTED;
  const points = tables.flatMap(pointsOf);
  const aside = tables.some(({ quarantined }) => quarantined > 0) ? ['Kept aside'] : [];
  const printed = printsAll ? points : points.filter(({ equal }) => !equal);
  return (
    <>
      <PaperTable
        title="Tables"
        head={['Table', 'Result', 'Source rows', 'Target rows', ...aside, 'Checksum', 'Witnesses', 'Structure', 'Time']}
        figures={['Source rows', 'Target rows', ...aside, 'Witnesses', 'Structure', 'Time']}
        note={asideNote(tables)}
        rows={tables.map((table) => [
          tableName(table),
          table.equal ? 'equal' : 'different',
          count(table.sourceRows),
          count(table.targetRows),
          ...aside.map(() => count(table.quarantined)),
          table.sourceDigest === table.targetDigest
            ? table.sourceDigest
            : `${table.sourceDigest} ≠ ${table.targetDigest}`,
          agreeing(table.witnesses),
          agreeing(table.structure),
          duration(secondsOf(table)),
        ])}
      />
      <PaperTable
        title="Tables with several sources"
        head={['Table', 'Fed by']}
        rows={tables.flatMap(({ target, feeds }) => (feeds.length > 0 ? [[target, fedWords(feeds)]] : []))}
      />
      <PaperTable
        title="Rows added to tables that stood there"
        head={['Table', 'What became of them']}
        rows={tables.flatMap((table) => (table.merged ? [[tableName(table), mergedWords(table.merged)]] : []))}
      />
      <PaperTable
        title="Rules of the tables"
        head={['Table', 'Rule', 'Rows that break it', 'They']}
        figures={['Rows that break it']}
        rows={tables.flatMap((table) =>
          table.rules.map(({ what, broken, onBreak }) => [
            tableName(table),
            what,
            count(broken),
            broken > 0 ? fateWords(onBreak) : '',
          ]),
        )}
      />
      <PaperTable
        title="Differences"
        head={['Table', 'Row', 'Key', 'Column', 'In the source', 'In the target']}
        rows={tables.flatMap((table) =>
          table.differences.map((difference) => [
            tableName(table),
            difference.kind,
            keyText(difference),
            difference.column ?? '',
            value(difference.source, difference.column === null),
            value(difference.target, difference.column === null),
          ]),
        )}
        note={cutNote(tables)}
      />
      <PaperTable
        title="Values changed by decision"
        head={['Table', 'What', 'Rows']}
        figures={['Rows']}
        rows={tables.flatMap((table) =>
          table.changes.filter(({ changed }) => changed).map(({ what, rows }) => [tableName(table), what, count(rows)]),
        )}
      />
      <PaperTable
        title={
          printsAll
            ? 'Witnesses and structure'
            : `Witnesses and structure: those that differ, of ${count(total)} points`
        }
        head={['Table', 'Point', 'Source or plan', 'Target', 'Result']}
        rows={printed.map(({ table, what, before, after, equal }) => [
          table,
          what,
          before,
          after,
          equal ? 'equal' : 'different',
        ])}
      />
      {printsAll ? null : (
        <p className="quiet">
          {count(total)} points of witnesses and structure were compared; those that agree are left out on paper and
          stand in the JSON export.
        </p>
      )}
    </>
  );
}

function pointsOf(table: TableReport) {
  const name = tableName(table);
  return [
    ...table.witnesses.map(({ column, question, source, target, equal }) => ({
      table: name,
      what: `${question} ${column}`.trim(),
      before: source ?? 'NULL',
      after: target ?? 'NULL',
      equal,
    })),
    ...table.structure.map(({ what, expected, actual, equal }) => ({
      table: name,
      what,
      before: expected,
      after: actual,
      equal,
    })),
  ];
}

function asideNote(tables: readonly TableReport[]): string {
  const rows = tables.reduce((sum, { quarantined }) => sum + quarantined, 0);
  if (rows === 0) return '';
  return `${many(rows, 'row')} of the source did not move; each stands with its reason in quarantine/ in the run's folder.`;
}

function cutNote(tables: readonly TableReport[]): string {
  const cut = tables.filter(({ differencesCut }) => differencesCut).map(tableName);
  return cut.length > 0 ? `There are more differences than listed in ${cut.join(', ')}.` : '';
}
