// A field that holds the path of a file, with a way to choose it: beginning beside the file that is named there.

import { ActionIcon } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Side } from '../../../shared/contract.ts';
import { useFrom } from '../../client/use-from.ts';
import { useFilePicker } from '../../ui/files/FilePicker.tsx';
import { folderOf } from '../../ui/files/paths.ts';
import type { FileRequest } from '../../ui/files/request.ts';
import { drafts, setField, touch } from './drafts.ts';
import { FormField } from './FormField.tsx';

export interface FileFieldProps {
  readonly side: Side;
  readonly field: 'path' | 'ca' | 'sshKey';
  readonly label: string;
  readonly placeholder: string;
  readonly request: FileRequest;
}

export function FileField({ side, field, label, placeholder, request }: FileFieldProps): React.JSX.Element {
  const value = useFrom(drafts, (state) => state[side].forms[state[side].family][field]);
  const folder = folderOf(value) ?? request.folder;
  const asked = useMemo(() => ({ ...request, ...(folder === undefined ? {} : { folder }) }), [request, folder]);
  const { pick, picker } = useFilePicker(asked, (path) => {
    setField(side, field, path);
    touch(side, field);
  });
  return (
    <>
      <FormField
        side={side}
        field={field}
        label={label}
        placeholder={placeholder}
        rightSection={
          <ActionIcon size="sm" aria-label={`${request.title} (${side})`} onClick={pick}>
            <IconFolderOpen size={16} />
          </ActionIcon>
        }
      />
      {picker}
    </>
  );
}
