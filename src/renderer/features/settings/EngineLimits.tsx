// How hard a run works. Empty lets the engine choose.

import type { Settings } from '../../../shared/model/desk.ts';
import { changeSettings } from '../../client/stores/desk.ts';
import { LimitField } from './LimitField.tsx';
import { Setting } from './Setting.tsx';

const MEGABYTE = 1_000_000;

export function EngineLimits({ settings }: { readonly settings: Settings }): React.JSX.Element {
  const { workers, batchSize, memoryLimit } = settings;
  return (
    <section aria-label="Runs">
      <h2>Runs</h2>
      <p className="quiet">
        How many rows may be refused before a run stops is part of each project, not of this machine.
      </p>
      <Setting
        name="Workers"
        words="Tables, or key ranges of one table, in flight at once. Each has a connection to both sides: more are faster until a server is busy."
      >
        <LimitField
          label="Workers"
          unit=""
          min={1}
          max={64}
          value={workers}
          onChange={(value) => void changeSettings({ workers: value })}
        />
      </Setting>
      <Setting
        name="Batch size"
        words="Rows sent to the target at once. The engine bounds a batch in bytes as well, so wide rows travel in smaller ones."
      >
        <LimitField
          label="Batch size"
          unit=" rows"
          min={1}
          max={100_000}
          value={batchSize}
          onChange={(value) => void changeSettings({ batchSize: value })}
        />
      </Setting>
      <Setting
        name="Memory limit"
        words="Resident memory of Drover, in MB, above which a run slows down rather than grows."
      >
        <LimitField
          label="Memory limit"
          unit=" MB"
          min={1}
          max={1_000_000}
          empty="No limit"
          value={memoryLimit === null ? null : Math.round(memoryLimit / MEGABYTE)}
          onChange={(value) => void changeSettings({ memoryLimit: value === null ? null : value * MEGABYTE })}
        />
      </Setting>
    </section>
  );
}
