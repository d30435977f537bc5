// Leaving a migration whose last change stands in no file: asked first, by whatever way one leaves.

import { createStore } from 'zustand/vanilla';

export interface Leaving {
  /** Takes the answer; null while nothing is asked. */
  readonly answer: ((leave: boolean) => void) | null;
}

export const leaving = createStore<Leaving>(() => ({ answer: null }));

/** A question that is not answered yet gives way to a newer one: there the person stays. */
export function askToLeave(): Promise<boolean> {
  leaving.getState().answer?.(false);
  return new Promise((resolve) => {
    leaving.setState({
      answer(leave) {
        leaving.setState({ answer: null });
        resolve(leave);
      },
    });
  });
}
