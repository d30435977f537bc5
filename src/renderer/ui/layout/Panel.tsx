// A pane that scrolls: the inspector on the right, lists of facts.

import type { ReactNode } from 'react';
import classes from './layout.module.css';

export function Panel({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}): React.JSX.Element {
  return (
    <aside className={classes.panel} aria-label={label}>
      {children}
    </aside>
  );
}

export function Section({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}): React.JSX.Element {
  return (
    <section className={classes.section}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
