import type { CalendarDay } from './calendar.js';
import type { Catalogue } from './catalogue.js';
import { type TradingHour, tradingHours } from './openingHours.js';
import type { Random } from './random.js';

/** What all lines of a receipt share. */
export interface Receipt {
  /** `T0000000123`. */
  readonly number: string;
  /** `09:13`, with the seconds apart. */
  readonly time: string;
  readonly seconds: string;
  /** Index into the catalogue's stores. */
  readonly store: number;
  readonly storeId: string;
  readonly cashier: string;
  readonly payment: string;
  /** Empty for somebody who is no member. */
  readonly customer: string;
  /** -1 where goods are given back. */
  readonly sign: 1 | -1;
  readonly lines: number;
}

const linesPerReceipt = [1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 8];
const cardPercentage = 68;
const memberPercentage = 35;
const returnsPerThousand = 30;
const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/** Opens the receipts of one day, roughly in the order of time, in stores that are open. */
export class ReceiptBook {
  readonly #catalogue: Catalogue;
  readonly #random: Random;
  readonly #hours: readonly TradingHour[];
  readonly #dayWeight: number;
  #hour = 0;
  #opened: number;

  /** `opened` is how many receipts there were before this day: their numbers go on from it. */
  constructor(catalogue: Catalogue, day: CalendarDay, random: Random, opened: number) {
    this.#catalogue = catalogue;
    this.#random = random;
    this.#hours = tradingHours(catalogue.stores, day);
    this.#dayWeight = this.#hours.reduce((sum, hour) => sum + hour.weight, 0);
    this.#opened = opened;
  }

  /** Receipts up to now, those before this day included. */
  get opened(): number {
    return this.#opened;
  }

  /** The next receipt, when `done` of the day's `lines` are written. */
  open(done: number, lines: number): Receipt {
    const random = this.#random;
    const second = this.#secondOfDay((done * this.#dayWeight) / lines);
    const hour = this.#currentHour();
    const store = hour.stores[random.below(hour.stores.length)] ?? 0;
    const { id, cashiers } = this.#catalogue.stores[store] ?? { id: '', cashiers: [''] };
    const returned = random.below(1000) < returnsPerThousand;
    this.#opened += 1;
    return {
      number: `T${String(this.#opened).padStart(10, '0')}`,
      time: `${twoDigits[Math.floor(second / 3600)]}:${twoDigits[Math.floor(second / 60) % 60]}`,
      seconds: twoDigits[second % 60] ?? '',
      store,
      storeId: id,
      cashier: random.pick(cashiers),
      payment: random.below(100) < cardPercentage ? 'card' : 'cash',
      customer: random.below(100) < memberPercentage ? random.pick(this.#catalogue.customers).id : '',
      sign: returned ? -1 : 1,
      lines: returned ? 1 : random.pick(linesPerReceipt),
    };
  }

  /** Moves on to the hour in which that much of the day's trade is done; a second of it. */
  #secondOfDay(share: number): number {
    while (share >= this.#currentHour().start + this.#currentHour().weight) this.#hour += 1;
    const { start, weight, startSecond } = this.#currentHour();
    const even = Math.floor(((share - start) * 3600) / weight);
    return startSecond + Math.min(even + this.#random.below(300), 3599 - this.#random.below(60));
  }

  #currentHour(): TradingHour {
    const hour = this.#hours[this.#hour];
    if (hour === undefined) throw new RangeError('All lines of the day are written.');
    return hour;
  }
}
