// The dialog over any screen that asks before a run is gone on with, published, taken back, or loses its backups.

import { Modal } from '@mantine/core';
import { assertNever } from '../../../shared/errors.ts';
import type { RunSummary } from '../../../shared/model/run.ts';
import { type Deed, putOff, recovery } from '../../client/stores/recovery.ts';
import { useFrom } from '../../client/use-from.ts';
import confirm from '../../ui/recovery/confirm.module.css';
import { FocusBack } from '../../ui/state/FocusBack.tsx';
import { DropBackupsForm } from './DropBackupsForm.tsx';
import { GoOnForm } from './GoOnForm.tsx';
import { PasswordGiven, Passwords } from './Passwords.tsx';
import { TakeBackForm } from './TakeBackForm.tsx';
import { UnpublishForm } from './UnpublishForm.tsx';

const titles: Readonly<Record<Deed, string>> = {
  resume: 'Resume',
  publish: 'Publish',
  'take over': 'Take over',
  'roll back': 'Roll back to before',
  'drop backups': 'Drop backups',
  'give password': 'Password',
};

export function RecoveryDialog(): React.JSX.Element | null {
  const asked = useFrom(recovery, (state) => state.asked);
  const working = useFrom(recovery, (state) => state.working);
  if (!asked) return null;
  const { deed, run } = asked;
  const reads = deed === 'resume' || deed === 'take over';
  return (
    <Modal
      opened
      onClose={putOff}
      title={
        <>
          {titles[deed]} <span className={confirm.of}>{run.project}</span>{' '}
          <span className={`mono ${confirm.of}`}>{run.run}</span>
        </>
      }
      size={deed === 'give password' ? 560 : 960}
      closeButtonProps={{ 'aria-label': 'Close', disabled: working }}
      classNames={{ title: confirm.title ?? '' }}
    >
      <FocusBack />
      <Passwords key={`${deed} ${run.run}`} urls={reads ? [run.source, run.target] : [run.target]}>
        <Form deed={deed} run={run} />
      </Passwords>
    </Modal>
  );
}

function Form({ deed, run }: { readonly deed: Deed; readonly run: RunSummary }): React.JSX.Element {
  switch (deed) {
    case 'resume':
    case 'publish':
    case 'take over':
      return <GoOnForm run={run} deed={deed} />;
    case 'roll back':
      return run.state === 'published' ? <UnpublishForm run={run} /> : <TakeBackForm run={run} />;
    case 'drop backups':
      return <DropBackupsForm run={run} />;
    case 'give password':
      return <PasswordGiven run={run} />;
    default:
      return assertNever(deed);
  }
}
