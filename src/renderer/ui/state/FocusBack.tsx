// In a dialog that is there only while it is open: where it goes, the focus goes back to what opened it.

import { useEffect, useState } from 'react';

/** Mantine gives it back only where a dialog stays and closes. */
export function FocusBack(): null {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    },
    [before],
  );
  return null;
}
