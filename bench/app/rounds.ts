// How often each thing is measured: medians of fewer say little on a machine that others use as well.

export const ROUNDS = 5;
