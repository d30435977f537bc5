// Marks of a table in a list: what it is read from where that is no table of its name, and that only some rows move.

import { IconArrowMerge, IconCode, IconCopy, IconEye, IconFlask } from '@tabler/icons-react';
import classes from '../map.module.css';
import { type Reading, readingWords } from '../model/uses.ts';

const icons = { again: IconCopy, view: IconEye, query: IconCode } as const;

export function ReadingMark({ reading }: { readonly reading: Reading }): React.JSX.Element | null {
  if (reading === 'table') return null;
  const Icon = icons[reading];
  return (
    <span className={classes.reading}>
      <Icon size={14} stroke={1.75} aria-hidden />
      <span className={classes.heard}>{readingWords[reading]}: </span>
    </span>
  );
}

/** Several feed one table of the target. */
export function FeedMark({ words }: { readonly words: string }): React.JSX.Element {
  return (
    <span className={classes.reading} title={`Feeds ${words}`}>
      <IconArrowMerge size={14} stroke={1.75} aria-hidden />
      <span className={classes.heard}>feeds {words}: </span>
    </span>
  );
}

export function Rehearsal({ limited }: { readonly limited: string }): React.JSX.Element {
  return (
    <span className={classes.rehearsal} title={`Rehearsal: ${limited}`}>
      <IconFlask size={14} stroke={1.75} aria-hidden />
      <span className={classes.heard}>rehearsal: {limited}</span>
    </span>
  );
}
