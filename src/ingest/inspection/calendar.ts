const longMonths = new Set([1, 3, 5, 7, 8, 10, 12]);

/** Tells whether a year has this day, in the calendar of today; the year 0 has no leap day. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  if (day <= 28) return true;
  if (month === 2)
    return day === 29 && year % 4 === 0 && (year % 100 !== 0 || (year % 400 === 0 && year > 0));
  return day <= (longMonths.has(month) ? 31 : 30);
}
