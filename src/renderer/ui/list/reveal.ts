// Scrolls a list of equal rows just far enough that one of them is seen.

/** `head` is what sticks above the rows, in pixels. */
export function reveal(scroller: HTMLElement | null, row: number, rowHeight: number, head: number): void {
  if (!scroller || row < 0) return;
  const top = row * rowHeight;
  const room = scroller.clientHeight - head - rowHeight;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (top > scroller.scrollTop + room) scroller.scrollTop = top - room;
}
