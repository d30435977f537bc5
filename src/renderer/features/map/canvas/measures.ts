// Sizes that the lists and the lines of the canvas share, in pixels; the stylesheet has the same.

export const ROW = 28;
/** Between the two lists. */
export const GAP = 64;
