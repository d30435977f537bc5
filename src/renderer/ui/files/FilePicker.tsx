// Choosing a file: with the system's own dialog in the desktop's window, otherwise among the files of the host.

import { type ReactNode, useCallback, useState } from 'react';
import { shell } from '../../client/shell.ts';
import { FileDialog } from './FileDialog.tsx';
import type { FileRequest } from './request.ts';

export interface Picking {
  readonly pick: () => void;
  /** To be placed somewhere in the page. */
  readonly picker: ReactNode;
}

/** `onPick` is told the path, and not called when the person leaves. */
export function useFilePicker(request: FileRequest, onPick: (path: string) => void): Picking {
  const [opened, setOpened] = useState(false);
  const pick = useCallback(() => {
    if (shell.kind === 'browser') return setOpened(true);
    const { kind, mode, name } = request;
    const native = { ...kind, extensions: kind.extensions.length > 0 ? kind.extensions : ['*'] };
    const asked = mode === 'save' ? shell.pickSave(native, name ?? '') : shell.pickFile(native);
    void asked.then((path) => {
      if (path !== null) onPick(path);
    });
  }, [request, onPick]);
  const picker = opened ? (
    <FileDialog
      request={request}
      onClose={() => setOpened(false)}
      onPick={(path) => {
        setOpened(false);
        onPick(path);
      }}
    />
  ) : null;
  return { pick, picker };
}
