// One folder of the host's files: what is in it, and the way to another.

import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallOutput } from '../../../shared/contract.ts';
import type { DroverErrorData } from '../../../shared/errors.ts';
import { engine } from '../../client/engine.ts';
import { failureOf } from '../../client/failure.ts';

export type Folder = CallOutput<'files.list'>;

export interface FolderState {
  /** null until the first one was read. */
  readonly folder: Folder | null;
  readonly error: DroverErrorData | null;
  readonly enter: (path: string | null) => void;
}

/** `first` null: the person's own folder. Where `first` can't be read, that one is shown too. */
export function useFolder(first: string | null): FolderState {
  const [folder, setFolder] = useState<Folder | null>(null);
  const [error, setError] = useState<DroverErrorData | null>(null);
  const turn = useRef(0);

  const read = useCallback(async (path: string | null): Promise<boolean> => {
    const mine = ++turn.current;
    try {
      const found = await engine.call('files.list', { folder: path });
      if (turn.current !== mine) return true;
      setFolder(found);
      setError(null);
      return true;
    } catch (thrown) {
      if (turn.current === mine) setError(failureOf(thrown));
      return false;
    }
  }, []);

  useEffect(() => {
    void read(first).then((found) => (found || first === null ? undefined : read(null)));
  }, [first, read]);

  return { folder, error, enter: useCallback((path) => void read(path), [read]) };
}
