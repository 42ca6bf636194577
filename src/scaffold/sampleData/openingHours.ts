import type { CalendarDay } from './calendar.js';
import type { Store } from './catalogue.js';
import { type WeightedTable, weightedTable } from './weighted.js';

/** An hour of a day in which somebody sells: seconds are of the day. */
export interface TradingHour {
  readonly startSecond: number;
  /** The hour's share of the day begins here and has this size; all shares add up to the last one's end. */
  readonly start: number;
  readonly weight: number;
  /** Draws a store that is open. */
  readonly stores: WeightedTable;
}

/** How busy each hour is, from midnight on: a lunch peak and a longer one after work. */
const hourWeights = [0, 0, 0, 0, 0, 0, 0, 20, 35, 40, 45, 60, 85, 70, 50, 50, 65, 95, 100, 75, 45, 25, 0, 0];
const sundayOpens = 10;
const sundayCloses = 18;

/** The hours of a day in which at least one store is open, in order. */
export function tradingHours(stores: readonly Store[], day: CalendarDay): readonly TradingHour[] {
  const hours: TradingHour[] = [];
  let start = 0;
  hourWeights.forEach((weight, hour) => {
    const open = stores.map((store) => (isOpen(store, day, hour) ? store.weight : 0));
    if (weight === 0 || !open.some((storeWeight) => storeWeight > 0)) return;
    hours.push({ startSecond: hour * 3600, start, weight, stores: weightedTable(open) });
    start += weight;
  });
  return hours;
}

/** Whether a store sells in the hour that begins at `hour`. */
export function isOpen(store: Store, day: CalendarDay, hour: number): boolean {
  const opens = day.sunday ? Math.max(store.opens, sundayOpens) : store.opens;
  const closes = day.sunday ? Math.min(store.closes, sundayCloses) : store.closes;
  return hour >= opens && hour < closes;
}
