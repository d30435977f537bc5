// A place in a database: in words, and its name as the database has it.

import type { Whereabouts } from '../../../shared/run-places.ts';

export function Named({ words, name }: Whereabouts): React.JSX.Element {
  return (
    <>
      {words} <span className="mono">{name}</span>
    </>
  );
}
