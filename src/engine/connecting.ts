// Connecting: what can be asked of a connection before anything is looked at in it.

import { type Families, parseUrl } from './connect/endpoint.ts';
import type { PasswordPorts } from './connect/ports.ts';
import { testConnection } from './connect/test.ts';
import type { CallHandlers, Open } from './handlers.ts';

type Connecting = Pick<CallHandlers, 'connect.parse' | 'connect.format' | 'connect.test' | 'connect.known'>;

export function connectingCalls({ forms }: Families, open: Open, { environment }: PasswordPorts): Connecting {
  return {
    'connect.parse': async ({ url: typed }) => {
      const { url, connection, password, hasPassword } = parseUrl(typed, forms, environment);
      return { url, connection, asksPassword: hasPassword, hasPassword: password !== null };
    },
    'connect.format': async ({ connection }) => ({ url: forms[connection.family].format(connection) }),
    'connect.test': async (input) => testConnection(await open(input), input.side),
    'connect.known': async () => Object.values(forms).flatMap((form) => form.knownConnections(environment)),
  };
}
