// Where a server is, who connects, how the line is protected.

import { Select } from '@mantine/core';
import type { Side } from '../../../shared/contract.ts';
import type { Family, TlsMode } from '../../../shared/model/connection.ts';
import { sides } from '../../client/stores/sides.ts';
import { useFrom } from '../../client/use-from.ts';
import type { FileRequest } from '../../ui/files/request.ts';
import classes from './connect.module.css';
import { drafts, setField } from './drafts.ts';
import { FileField } from './FileField.tsx';
import { FormField } from './FormField.tsx';
import { checksCertificates } from './form.ts';
import { SecretField } from './SecretField.tsx';
import { TunnelFields } from './TunnelFields.tsx';

const modes: readonly { readonly value: TlsMode; readonly label: string }[] = [
  { value: 'disable', label: 'Never' },
  { value: 'prefer', label: 'Where offered' },
  { value: 'require', label: 'Always, unchecked' },
  { value: 'verify-ca', label: 'Check the certificate' },
  { value: 'verify-full', label: 'Check certificate and host' },
];

const caRequest: FileRequest = {
  title: 'Choose a CA file',
  action: 'Choose',
  kind: { name: 'certificate (PEM)', extensions: ['pem', 'crt', 'cer'] },
  mode: 'open',
};

export interface NetworkFieldsProps {
  readonly side: Side;
  readonly family: Exclude<Family, 'sqlite'>;
}

export function NetworkFields({ side, family }: NetworkFieldsProps): React.JSX.Element {
  const tls = useFrom(drafts, (state) => state[side].forms[family].tls);
  const url = useFrom(sides, (state) => state[side].url);
  return (
    <>
      <div className={classes.fields}>
        <div className={classes.address}>
          <FormField side={side} field="host" label="Host" />
          <FormField side={side} field="port" label="Port" />
        </div>
        <FormField side={side} field="user" label="User" />
        <FormField side={side} field="database" label="Database" />
        {family === 'postgres' ? <FormField side={side} field="schema" label="Schema" /> : null}
        <Select
          label="TLS"
          data={[...modes]}
          value={tls}
          allowDeselect={false}
          onChange={(mode) => mode && setField(side, 'tls', mode)}
        />
      </div>
      {checksCertificates(tls) ? (
        <FileField
          side={side}
          field="ca"
          label="CA file"
          placeholder="Empty: the authorities this machine trusts"
          request={caRequest}
        />
      ) : null}
      <SecretField key={`password ${side}`} side={side} url={url} label="Password" />
      <TunnelFields side={side} family={family} />
    </>
  );
}
