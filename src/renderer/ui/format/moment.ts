// Points in time for people: close ones by the clock, distant ones by the date.

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const year = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** "today 15:04", "yesterday 09:30", "3 Nov 15:04", "3 Nov 2025". */
export function when(iso: string, now: Date = new Date()): string {
  const at = new Date(iso);
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  if (days === 0) return `today ${time.format(at)}`;
  if (days === 1) return `yesterday ${time.format(at)}`;
  return at.getFullYear() === now.getFullYear() ? `${day.format(at)} ${time.format(at)}` : year.format(at);
}

/** To the second, for a title. */
export function exactly(iso: string): string {
  return exact.format(new Date(iso));
}

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
