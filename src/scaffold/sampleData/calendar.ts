/** A day of trade, as everything that is sold on it needs to know it. */
export interface CalendarDay {
  /** Counts from 0, the first day of the set. */
  readonly index: number;
  /** `2026-01-05`. */
  readonly iso: string;
  /** The same day as an old till writes it: `05/01/2026`. */
  readonly dayFirst: string;
  /** 0 is January. */
  readonly month: number;
  readonly sunday: boolean;
  /** How busy the day is, in no unit: about 100 on an average weekday. */
  readonly weight: number;
}

const millisecondsPerDay = 86_400_000;
const weekdayWeights = [58, 90, 88, 92, 98, 124, 150];
const monthWeights = [88, 90, 95, 98, 100, 104, 106, 102, 98, 97, 104, 138];

/** Whether a text is a day that exists, as `2026-01-05`. */
export function isCalendarDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && isoDay(time) === text;
}

/** `count` days in a row from `firstDay`, which is written as `2026-01-05`. */
export function calendarDays(firstDay: string, count: number): readonly CalendarDay[] {
  const first = Date.parse(`${firstDay}T00:00:00Z`);
  return Array.from({ length: count }, (_, index) => calendarDay(first + index * millisecondsPerDay, index));
}

function calendarDay(time: number, index: number): CalendarDay {
  const iso = isoDay(time);
  const date = new Date(time);
  const [year, month, day] = iso.split('-');
  const weekday = weekdayWeights[date.getUTCDay()] ?? 0;
  const season = monthWeights[date.getUTCMonth()] ?? 0;
  return {
    index,
    iso,
    dayFirst: `${day}/${month}/${year}`,
    month: date.getUTCMonth(),
    sunday: date.getUTCDay() === 0,
    weight: Math.round((weekday * season) / 100),
  };
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Shares `rows` out over the days by their weights; the shares add up to `rows`. */
export function rowsPerDay(days: readonly CalendarDay[], rows: number): readonly number[] {
  const total = days.reduce((sum, day) => sum + day.weight, 0);
  let upTo = 0;
  let given = 0;
  return days.map((day) => {
    upTo += day.weight;
    const share = Math.floor((rows * upTo) / total) - given;
    given += share;
    return share;
  });
}
