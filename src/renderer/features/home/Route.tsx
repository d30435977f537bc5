// From which database to which, in one line; the whole addresses when pointed at.

import { addressOf } from '../../ui/format/address.ts';
import classes from './home.module.css';

export function Route({ source, target }: { readonly source: string; readonly target: string }): React.JSX.Element {
  return (
    <div className={`mono ${classes.route}`} title={`${source}\n→ ${target}`}>
      <End url={source} />
      <span className="quiet">→</span>
      <End url={target} />
    </div>
  );
}

function End({ url }: { readonly url: string }): React.JSX.Element {
  const { name, engine } = addressOf(url);
  return (
    <span className="ellipsis">
      {name} <span className="quiet">{engine}</span>
    </span>
  );
}
