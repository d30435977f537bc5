// The foot of each form here: what came of the deed is in one store for all of them.

import { putOff, recovery } from '../../client/stores/recovery.ts';
import { useFrom } from '../../client/use-from.ts';
import { Confirm, type ConfirmProps } from '../../ui/recovery/Confirm.tsx';

export function ConfirmDeed(props: Omit<ConfirmProps, 'working' | 'error' | 'onLeave'>): React.JSX.Element {
  const working = useFrom(recovery, (state) => state.working);
  const error = useFrom(recovery, (state) => state.error);
  return <Confirm {...props} working={working} error={error} onLeave={putOff} />;
}
