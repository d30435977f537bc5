// A report in parts, for screens: what is known of the whole, and lists of which a screen asks for what it shows.

import { z } from 'zod';
import { finding } from './finding.ts';
import { pageOf, pageQuery } from './page.ts';
import { report, tableReport } from './report.ts';

const points = z.object({ equal: z.number(), total: z.number() });
export type Points = z.infer<typeof points>;

/** One line tells of a table whether, how much and by what it was compared. */
export const tableLine = tableReport
  .pick({
    source: true,
    target: true,
    feeds: true,
    sourceRows: true,
    targetRows: true,
    sourceDigest: true,
    targetDigest: true,
    equal: true,
    quarantined: true,
    merged: true,
    differencesCut: true,
    bytes: true,
    seconds: true,
  })
  .extend({
    /** Rows that are listed as different. */
    differing: z.number(),
    witnesses: points,
    structure: points,
    /** How the earlier table is kept that it replaced; null where it replaced none. */
    keptAs: z.string().nullable(),
  });
export type TableLine = z.infer<typeof tableLine>;

/** Values of a table that are not stored as they were read. */
export const tableChange = tableReport.shape.changes.element.extend({ table: z.string() });
export type TableChange = z.infer<typeof tableChange>;

/** A report without its lists, which are counted and summed up instead. */
export const reportOverview = report.omit({ tables: true, findings: true, backups: true }).extend({
  tables: z.object({
    count: z.number(),
    unequal: z.number(),
    /** Tables of which differing rows are listed, and those rows. */
    withDifferences: z.number(),
    differing: z.number(),
    rows: z.number(),
    bytes: z.number(),
    quarantined: z.number(),
    witnesses: points,
  }),
  /** Those that took longest, slowest first. */
  slowest: z.array(tableReport.pick({ source: true, target: true, feeds: true, seconds: true })),
  findings: z.number(),
  /** Kinds of change by decision, and the values that they concern. */
  changes: z.object({ count: z.number(), values: z.number() }),
  backups: z.object({ count: z.number(), first: report.shape.backups.element.nullable() }),
});
export type ReportOverview = z.infer<typeof reportOverview>;

export const tablesQuery = pageQuery([
  'table',
  'target',
  'equal',
  'sourceRows',
  'targetRows',
  'quarantined',
  'digest',
  'differences',
  'witnesses',
  'structure',
  'seconds',
  'bytes',
  'keptAs',
]).extend({
  /** Part of a table's name; upper and lower case are the same. */
  name: z.string(),
  only: z.enum(['all', 'unequal', 'with differences']),
});
export type TablesQuery = z.infer<typeof tablesQuery>;

export const findingsQuery = pageQuery(['severity', 'place', 'message']);
export type FindingsQuery = z.infer<typeof findingsQuery>;

export const changesQuery = pageQuery(['table', 'what', 'rows', 'changed']);
export type ChangesQuery = z.infer<typeof changesQuery>;

export const tablesPage = pageOf(tableLine);
export const findingsPage = pageOf(finding);
export const changesPage = pageOf(tableChange);
