// Findings one below the other, each as high as its words need.

import { Button } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { assertNever } from '../../../shared/errors.ts';
import { count } from '../../../shared/format.ts';
import type { Plan } from '../../../shared/model/plan.ts';
import { go } from '../../client/stores/navigation.ts';
import { FindingNote, markOf } from '../../ui/state/FindingNote.tsx';
import { StateMark } from '../../ui/state/StateMark.tsx';
import { type FindingGroup, type FindingLine, placesOf, severityWords, titleOf } from './model/findings.ts';
import { fieldOf } from './model/tables.ts';
import classes from './plan.module.css';
import { toggleGroup } from './plan-view.ts';
import { take } from './take.ts';

export interface FindingListProps {
  readonly plan: Plan;
  readonly lines: readonly FindingLine[];
}

export function FindingList({ plan, lines }: FindingListProps): React.JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const drawn = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (i) => (lines[i]?.kind === 'finding' ? 76 : 44),
    getItemKey: (i) => keyOf(lines[i]!),
    overscan: 8,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys
    <section ref={scroller} className={classes.findings} tabIndex={0} aria-label="Findings">
      <div style={{ height: drawn.getTotalSize(), position: 'relative' }}>
        {drawn.getVirtualItems().map((item) => (
          <div
            key={item.key}
            ref={drawn.measureElement}
            data-index={item.index}
            className={classes.line}
            style={{ transform: `translateY(${item.start}px)` }}
          >
            <Line plan={plan} line={lines[item.index]!} />
          </div>
        ))}
      </div>
    </section>
  );
}

function Line({ plan, line }: { readonly plan: Plan; readonly line: FindingLine }): React.JSX.Element {
  switch (line.kind) {
    case 'severity':
      return (
        <h2 className={classes.severity}>
          <StateMark mark={markOf[line.severity]} size={16}>
            {severityWords[line.severity]} <span className="quiet">{count(line.count)}</span>
          </StateMark>
        </h2>
      );
    case 'group':
      return <GroupLine group={line.group} open={line.open} />;
    case 'finding': {
      const field = fieldOf(plan, line.finding);
      return (
        <div className={line.nested ? classes.nested : undefined}>
          <FindingNote
            finding={line.finding}
            onTake={(change) => take([change])}
            {...(field ? { onShow: () => go({ at: 'map', ...field }) } : {})}
          />
        </div>
      );
    }
    default:
      return assertNever(line);
  }
}

function GroupLine({ group, open }: { readonly group: FindingGroup; readonly open: boolean }): React.JSX.Element {
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <div className={classes.group} data-severity={group.severity}>
      <button type="button" className={classes.groupName} aria-expanded={open} onClick={() => toggleGroup(group.key)}>
        <Chevron size={14} aria-hidden />
        <strong title={group.code}>{titleOf(group.code)}</strong>
        <span className="mono">{count(group.findings.length)}</span>
        <span className="mono quiet ellipsis">{placesOf(group.findings)}</span>
      </button>
      {group.bulk.map(({ kind, text, changes }) => (
        <Button key={kind} size="compact-xs" variant="default" onClick={() => take(changes)}>
          {text}
        </Button>
      ))}
    </div>
  );
}

function keyOf(line: FindingLine): string {
  switch (line.kind) {
    case 'severity':
      return line.severity;
    case 'group':
      return line.group.key;
    case 'finding':
      return line.key;
    default:
      return assertNever(line);
  }
}
