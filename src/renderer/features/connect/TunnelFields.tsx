// The SSH host through which a server is reached: with a key's file, or with the agent.

import { Switch } from '@mantine/core';
import type { Side } from '../../../shared/contract.ts';
import type { Family } from '../../../shared/model/connection.ts';
import { sshUrl } from '../../../shared/ssh.ts';
import { useFrom } from '../../client/use-from.ts';
import type { FileRequest } from '../../ui/files/request.ts';
import classes from './connect.module.css';
import { drafts, setField } from './drafts.ts';
import { FileField } from './FileField.tsx';
import { FormField } from './FormField.tsx';
import { tunnelOf } from './form.ts';
import { SecretField } from './SecretField.tsx';

const keyRequest: FileRequest = {
  title: 'Choose a private key',
  action: 'Choose',
  kind: { name: 'private key', extensions: [] },
  mode: 'open',
  folder: '~/.ssh',
};

export interface TunnelFieldsProps {
  readonly side: Side;
  readonly family: Family;
}

export function TunnelFields({ side, family }: TunnelFieldsProps): React.JSX.Element {
  const on = useFrom(drafts, (state) => state[side].forms[family].ssh);
  const values = useFrom(drafts, (state) => state[side].forms[family]);
  const tunnel = tunnelOf(values);
  return (
    <>
      <Switch
        label="Through an SSH host"
        checked={on}
        onChange={(event) => setField(side, 'ssh', event.currentTarget.checked)}
      />
      {on ? (
        <div className={classes.tunnel}>
          <div className={classes.way}>
            <div className={classes.gate}>
              <FormField side={side} field="sshHost" label="SSH host" />
              <FormField side={side} field="sshPort" label="SSH port" />
              <FormField side={side} field="sshUser" label="SSH user" />
            </div>
            <FileField
              side={side}
              field="sshKey"
              label="Private key"
              placeholder="Empty: the SSH agent"
              request={keyRequest}
            />
            <FormField side={side} field="sshHostKey" label="Host key" placeholder="Empty: from known_hosts" />
          </div>
          {values.sshKey !== '' ? (
            <SecretField side={side} url={tunnel ? sshUrl(tunnel) : ''} label="Passphrase of the key" optional />
          ) : null}
        </div>
      ) : null}
    </>
  );
}
