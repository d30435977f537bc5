// What does not arrive: the findings that say so, and the objects by name.

import { useEffect, useMemo } from 'react';
import { many } from '../../../shared/format.ts';
import type { NamedObject } from '../../../shared/model/catalog.ts';
import type { Finding } from '../../../shared/model/finding.ts';
import type { Plan } from '../../../shared/model/plan.ts';
import { catalogs, look } from '../../client/stores/catalogs.ts';
import { useFrom } from '../../client/use-from.ts';
import type { GridColumn } from '../../ui/grid/column.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { Split } from '../../ui/layout/Split.tsx';
import { EmptyState } from '../../ui/state/EmptyState.tsx';
import { ErrorNote } from '../../ui/state/ErrorNote.tsx';
import { StateMark } from '../../ui/state/StateMark.tsx';
import { FindingList } from './FindingList.tsx';
import { groupFindings, linesOf } from './model/findings.ts';
import { objectsLeft } from './model/losses.ts';
import classes from './plan.module.css';
import { planView } from './plan-view.ts';

export interface LeftViewProps {
  readonly plan: Plan;
  readonly losses: readonly Finding[];
}

export function LeftView({ plan, losses }: LeftViewProps): React.JSX.Element {
  const toggled = useFrom(planView, (state) => state.toggled);
  const lines = useMemo(() => linesOf(groupFindings(losses, everything), toggled), [losses, toggled]);
  if (losses.length === 0) {
    return (
      <EmptyState title="Everything is carried">
        The source holds no views, triggers, routines or other objects that Drover leaves behind, and no key, index,
        check or default is lost on the way.
      </EmptyState>
    );
  }
  return (
    <Split name="plan left" sized="second" initial={400} min={280} max={640}>
      <FindingList plan={plan} lines={lines} />
      <Objects plan={plan} />
    </Split>
  );
}

const everything = { text: '', severity: 'all' } as const;

function Objects({ plan }: { readonly plan: Plan }): React.JSX.Element {
  const source = useFrom(catalogs, (state) => state.source);
  useEffect(() => void look('source'), []);
  const objects = useMemo(
    () => (source.state === 'ready' ? objectsLeft(source.overview.objects, plan.findings) : []),
    [source, plan],
  );
  switch (source.state) {
    case 'none':
    case 'looking':
      return (
        <div className={classes.words} role="status">
          <StateMark mark="busy">Reading the source’s catalog</StateMark>
        </div>
      );
    case 'failed':
      return (
        <div className={classes.words}>
          <ErrorNote error={source.error} />
        </div>
      );
    case 'ready':
      return (
        <div className={classes.view}>
          <div className={classes.bar}>
            <h2 className={classes.ddlName}>{many(objects.length, 'object')} of the source, by name</h2>
          </div>
          <div className={classes.fill}>
            <DataGrid
              label="Objects not carried"
              columns={columns}
              rows={objects}
              keyOf={keyOf}
              remember="plan-objects"
              empty="No views, triggers, routines or the like."
            />
          </div>
        </div>
      );
  }
}

const keyOf = ({ kind, name, table }: NamedObject): string => `${kind} ${table ?? ''} ${name}`;

const columns: readonly GridColumn<NamedObject>[] = [
  { id: 'kind', header: 'Kind', value: ({ kind }) => kind, width: 120 },
  { id: 'name', header: 'Name', value: ({ name }) => name, width: 176, mono: true },
  { id: 'table', header: 'Of table', value: ({ table }) => table, width: 120, mono: true },
];
