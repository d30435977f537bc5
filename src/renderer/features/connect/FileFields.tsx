// Where an SQLite database is: a path. A target's file need not exist yet.

import type { Side } from '../../../shared/contract.ts';
import type { FileRequest } from '../../ui/files/request.ts';
import { FileField } from './FileField.tsx';

const kind = { name: 'SQLite database', extensions: ['db', 'sqlite', 'sqlite3', 'db3'] };

const requests: Readonly<Record<Side, FileRequest>> = {
  source: { title: 'Choose an SQLite file', action: 'Choose', kind, mode: 'open' },
  target: { title: 'Choose an SQLite file', action: 'Choose', kind, mode: 'save', name: 'target.db' },
};

export function FileFields({ side }: { readonly side: Side }): React.JSX.Element {
  return (
    <FileField
      side={side}
      field="path"
      label={side === 'source' ? 'File' : 'File; a new one is made by the run'}
      placeholder="/path/to/file.db"
      request={requests[side]}
    />
  );
}
