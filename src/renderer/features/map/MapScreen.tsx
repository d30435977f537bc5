// The screen Map: tables on the left, the mapping of one of them in the middle, what is selected on the right, sample rows below.

import { useEffect } from 'react';
import { look } from '../../client/stores/catalogs.ts';
import { driftStore } from '../../client/stores/drift.ts';
import { navigation } from '../../client/stores/navigation.ts';
import { planStore } from '../../client/stores/plan.ts';
import { projectStore } from '../../client/stores/project.ts';
import { useFrom } from '../../client/use-from.ts';
import { Screen } from '../../ui/layout/Screen.tsx';
import { Split } from '../../ui/layout/Split.tsx';
import { ErrorNote } from '../../ui/state/ErrorNote.tsx';
import { Canvas } from './canvas/Canvas.tsx';
import { DriftBar } from './drift/DriftBar.tsx';
import { DriftView } from './drift/DriftView.tsx';
import { useDrift } from './drift/use-drift.ts';
import { Inspector } from './inspector/Inspector.tsx';
import classes from './map.module.css';
import { useSelected } from './mapping.ts';
import { hasPlace } from './model/issues.ts';
import { keysOf } from './model/keys.ts';
import { NoProject } from './NoProject.tsx';
import { PreviewPane } from './preview/PreviewPane.tsx';
import { select, selection, showPlace, type View } from './selection.ts';
import { TableList } from './tables/TableList.tsx';
import { Facts } from './toolbar/Facts.tsx';
import { FindColumn } from './toolbar/FindColumn.tsx';
import { NextStep } from './toolbar/NextStep.tsx';
import { Toolbar } from './toolbar/Toolbar.tsx';
import { TreeGrid } from './tree/TreeGrid.tsx';
import { usePlanning } from './use-planning.ts';

/** Pixels below which names and types can't be told: of the list of tables, and of the canvas with its border. */
const LISTS = 160;
const CANVAS = 448;

export interface MapScreenProps {
  readonly table: string | null;
  readonly column: string | null;
}

export function MapScreen(place: MapScreenProps): React.JSX.Element {
  const open = useFrom(projectStore, ({ project }) => project !== null);
  return open ? <Mapping {...place} /> : <NoProject />;
}

function Mapping({ table, column }: MapScreenProps): React.JSX.Element {
  const view = useFrom(selection, (state) => state.view);
  usePlace(table, column);
  usePlanning();
  useDrift();
  const drift = useFrom(driftStore, (state) => (state.shown ? state.drift : null));
  useEffect(() => {
    void look('source');
    void look('target');
  }, []);
  return (
    <Screen
      title="Map"
      facts={<Facts />}
      actions={
        <>
          <FindColumn />
          <NextStep />
        </>
      }
    >
      <div className={classes.screen}>
        <Toolbar />
        <DriftBar />
        {drift ? null : <PlanFailure />}
        <div className={classes.body}>{drift ? <DriftView drift={drift} /> : <Mapped view={view} />}</div>
      </div>
    </Screen>
  );
}

function Mapped({ view }: { readonly view: View }): React.JSX.Element {
  return (
    <Split name="inspector" sized="second" initial={304} min={280} max={480} rest={LISTS + CANVAS}>
      <Split name="sample rows" sized="second" initial={208} min={64} max={480} direction="down">
        {view === 'tree' ? (
          <TreeGrid />
        ) : (
          <Split name="tables" sized="first" initial={296} min={LISTS} max={480} rest={CANVAS}>
            <TableList />
            <SelectedCanvas />
          </Split>
        )}
        <PreviewPane />
      </Split>
      <Inspector />
    </Split>
  );
}

function SelectedCanvas(): React.JSX.Element | null {
  const selected = useSelected();
  return selected ? <Canvas key={selected.key} table={selected.key} mapping={selected.mapping} /> : null;
}

/** The address leads; where it says nothing, or a table is gone, the first table is looked at. */
function usePlace(table: string | null, column: string | null): void {
  const tables = useFrom(projectStore, ({ project }) => project?.tables ?? null);
  useEffect(() => {
    // An address of some moments ago is what this screen itself has told.
    const { place } = navigation.getState();
    if (table !== null && place.at === 'map' && place.table === table) showPlace(table, column);
  }, [table, column]);
  useEffect(() => {
    if (!tables) return;
    const keys = keysOf(tables);
    const now = selection.getState().table;
    if (now === null || !keys.includes(now)) select(keys[0] ?? null);
  }, [tables]);
}

/** What the plan could not get past, unless a row or a field shows it. */
function PlanFailure(): React.JSX.Element | null {
  const error = useFrom(planStore, (state) => state.error);
  const project = useFrom(projectStore, (state) => state.project);
  if (!error || !project || hasPlace(error, project)) return null;
  return (
    <div className={classes.failure}>
      <ErrorNote error={error} />
    </div>
  );
}
