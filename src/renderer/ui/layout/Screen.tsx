// The frame of every screen: a title with its facts and actions, and below it what the screen is for.

import type { ReactNode } from 'react';
import classes from './layout.module.css';

export interface ScreenProps {
  readonly title: string;
  /** Beside the title: counts, sizes, states. */
  readonly facts?: ReactNode;
  /** On the right: the one thing to do next stands last. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Scrolls as a page and keeps a margin; otherwise the content fills the frame and scrolls by itself. */
  readonly page?: boolean;
}

export function Screen({ title, facts, actions, children, page = false }: ScreenProps): React.JSX.Element {
  return (
    <section className={classes.screen} aria-label={title}>
      <header className={classes.title} data-no-print>
        <h1>{title}</h1>
        <div className={classes.facts}>{facts}</div>
        <div className={classes.actions}>{actions}</div>
      </header>
      <div className={page ? classes.page : classes.fill}>{children}</div>
    </section>
  );
}
