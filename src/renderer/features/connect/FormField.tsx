// One text field of the form; what is wrong with it stands below it once it was left.

import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Side } from '../../../shared/contract.ts';
import type { ErrorCode } from '../../../shared/errors.ts';
import { sides } from '../../client/stores/sides.ts';
import { useFrom } from '../../client/use-from.ts';
import { drafts, setField, touch } from './drafts.ts';
import { connectionOf, type Field, type FormValues } from './form.ts';

/** Fields that hold text, which all but a few do. */
type TextField = { [F in Field]: FormValues[F] extends string ? F : never }[Field];

export interface FormFieldProps {
  readonly side: Side;
  readonly field: Exclude<TextField, 'tls'>;
  readonly label: string;
  readonly placeholder?: string;
  readonly rightSection?: ReactNode;
}

export function FormField({ side, field, label, placeholder, rightSection }: FormFieldProps): React.JSX.Element {
  const value = useFrom(drafts, (state) => state[side].forms[state[side].family][field]);
  const problem = useProblem(side, field);
  const failed = useFrom(
    sides,
    ({ [side]: { tested } }) => tested.state === 'failed' && isCause(tested.error.code, field),
  );
  return (
    <TextInput
      label={label}
      classNames={{ input: 'mono' }}
      value={value}
      spellCheck={false}
      autoComplete="off"
      {...(placeholder === undefined ? {} : { placeholder })}
      {...(rightSection === undefined ? {} : { rightSection, rightSectionPointerEvents: 'all' as const })}
      onChange={(event) => setField(side, field, event.currentTarget.value)}
      onBlur={() => touch(side, field)}
      error={problem ?? failed}
    />
  );
}

/** null while the field was not left yet, or nothing is wrong. */
export function useProblem(side: Side, field: Field): string | null {
  return useFrom(drafts, ({ [side]: { family, forms, touched } }) => {
    if (touched !== 'all' && !touched.has(field)) return null;
    const made = connectionOf(family, forms[family]);
    return made.ok ? null : (made.problems[field] ?? null);
  });
}

/** Which fields a failed test points at. */
const causes: Readonly<Partial<Record<ErrorCode, readonly Field[]>>> = {
  'connect.unreachable': ['host', 'port'],
  'connect.timeout': ['host', 'port'],
  'connect.wrong-password': ['user'],
  'connect.no-such-database': ['database'],
  'inspect.no-such-schema': ['schema'],
  'connect.tls-not-trusted': ['ca'],
  'connect.tls-wrong-host': ['host'],
  'connect.missing-file': ['path'],
  'connect.not-sqlite': ['path'],
  'connect.corrupt': ['path'],
  'connect.ssh-unreachable': ['sshHost', 'sshPort'],
  'connect.ssh-refused': ['sshUser', 'sshKey'],
  'connect.ssh-unknown-host': ['sshHostKey'],
};

function isCause(code: ErrorCode, field: Field): boolean {
  return causes[code]?.includes(field) ?? false;
}
