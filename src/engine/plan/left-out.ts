// Tables that a run may leave out: what a table that stays keeps in its place, and what the plan says of it all.

import { list } from '../../shared/format.ts';
import { companions, fateWords, mayBeLeftOut } from '../../shared/left-out.ts';
import { isReplaced } from '../../shared/merging-words.ts';
import type { Plan } from '../../shared/model/plan.ts';
import { type Context, finding } from './context.ts';
import { existingTable } from './existing.ts';
import type { Draft } from './table.ts';

/** For each table the replaced ones of the run to which the earlier table in its place refers, by their new names. */
export function standsOn(drafts: readonly Draft[], context: Context): (draft: Draft) => string[] {
  const standing = (draft: Draft) =>
    isReplaced(draft) ? existingTable(draft.target.name, context.target, context) : null;
  const replacing = new Map(
    drafts.flatMap((draft) => {
      const there = standing(draft);
      return there ? [[there.name, draft.target.name] as const] : [];
    }),
  );
  return (draft) => {
    const parents = standing(draft)?.foreignKeys.flatMap((key) => replacing.get(key.references.table) ?? []) ?? [];
    return [...new Set(parents)].filter((name) => name !== draft.target.name);
  };
}

/** What goes with a table is told of each; those that go alone are told together. */
export function reportLeftOut(tables: Plan['tables'], { report }: Context): void {
  const goWith = companions(tables);
  const alone: string[] = [];
  for (const table of tables.filter(mayBeLeftOut)) {
    const { name } = table.target;
    const others = goWith(table).map(({ target }) => target.name);
    const place = { side: 'project', table: table.source } as const;
    if (others.length === 0 && tables.length > 1) alone.push(name);
    else if (others.length + 1 < tables.length) report(finding('note', CODE, place, fateWords(name, others)));
    else {
      const message = `If ${name} can't be moved, nothing is: every table of the run would be left out with it.`;
      report(finding('warning', CODE, place, message, ['Let the run stop there, or move the others by themselves.']));
    }
  }
  if (alone.length === 0) return;
  const message = `Each of these is left out by itself if it can't be moved: ${list(alone, 12)}.`;
  report(finding('note', CODE, { side: 'project' }, alone.length === 1 ? fateWords(alone[0]!, []) : message));
}

const CODE = 'run.leaves-out';
