// How numbers or dates are spread: at most twenty bars between round edges.

import type { Side } from '../../../../shared/contract.ts';
import { count, many } from '../../../../shared/format.ts';
import type { Bucket, ColumnProfile } from '../../../../shared/model/column-profile.ts';
import classes from './profile.module.css';

const HEIGHT = 64;

export interface HistogramProps {
  readonly side: Side;
  readonly histogram: NonNullable<ColumnProfile['histogram']>;
}

export function Histogram({ side, histogram: { buckets, outside } }: HistogramProps): React.JSX.Element {
  const most = Math.max(1, ...buckets.map(({ rows }) => rows));
  const colour = side === 'source' ? 'var(--source)' : 'var(--accent)';
  return (
    <section>
      <h4>
        Spread <span className="quiet">{`the tallest bar is ${many(most, 'row')}`}</span>
      </h4>
      <div role="img" aria-label={buckets.map(inWords).join('; ')} className={classes.histogram}>
        {buckets.map((bucket) => (
          <span key={bucket.from} className={classes.slot} title={inWords(bucket)}>
            <span
              className={classes.bar}
              style={{ height: bucket.rows === 0 ? 0 : Math.max(2, (bucket.rows / most) * HEIGHT), background: colour }}
            />
          </span>
        ))}
      </div>
      <div className={classes.ends}>
        <span className="mono">{buckets[0]?.from}</span>
        <span className="mono">{buckets.at(-1)?.to}</span>
      </div>
      {outside > 0 ? <p className="quiet">{many(outside, 'value has', 'values have')} no place in it.</p> : null}
    </section>
  );
}

function inWords({ from, to, rows }: Bucket): string {
  return `${from} to below ${to}: ${count(rows)}`;
}
