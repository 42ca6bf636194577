/** A point in time as a person reads it: `12 Mar 2026, 14:03`; in the machine's time zone where none is given. */
export function formatMoment(iso: string, timeZone?: string): string {
  const format = {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  } as const;
  return new Intl.DateTimeFormat('en-GB', format).format(new Date(iso));
}
