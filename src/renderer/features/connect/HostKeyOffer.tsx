// An SSH host that is not known here: its key's fingerprint is taken into the form once a person has compared it.

import { Button } from '@mantine/core';
import type { Side } from '../../../shared/contract.ts';
import type { DroverErrorData } from '../../../shared/errors.ts';
import { setField } from './drafts.ts';
import { fingerprintIn } from './form.ts';
import { test } from './testing.ts';

export interface HostKeyOfferProps {
  readonly side: Side;
  readonly error: DroverErrorData;
}

export function HostKeyOffer({ side, error }: HostKeyOfferProps): React.JSX.Element | null {
  const fingerprint = error.code === 'connect.ssh-unknown-host' ? fingerprintIn(error.message) : null;
  if (fingerprint === null) return null;
  return (
    <Button
      size="compact-xs"
      variant="default"
      onClick={() => {
        setField(side, 'sshHostKey', fingerprint);
        void test(side);
      }}
    >
      I have compared it: take this key
    </Button>
  );
}
