// The sign of a column that is no column of the source: ƒ for an expression, = for a constant, # for a number.

import type { ColumnOrigin } from '../../../../shared/model/mapping.ts';
import classes from '../map.module.css';
import { originText, originWords } from '../model/computed.ts';

export function OriginMark({ from }: { readonly from: ColumnOrigin }): React.JSX.Element {
  const { sign, word } = originWords[from.kind];
  return (
    <span className={classes.origin} title={originText(from)}>
      <span aria-hidden>{sign}</span>
      <span className={classes.heard}>{word}</span>
    </span>
  );
}
