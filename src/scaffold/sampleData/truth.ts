import type { Catalogue } from './catalogue.js';
import { type LineDirt, lineDirtKinds, lostKinds } from './dirt.js';
import type { SampleDataPlan } from './options.js';
import type { WrittenFile } from './writtenFile.js';

/** What is in a set of sample files, counted while they were written: what a pipeline over them must find. */
export interface Truth {
  readonly format: 1;
  /** What the same files can be made with again. */
  readonly madeWith: SampleDataPlan;
  /** Every file but this one. */
  readonly files: readonly WrittenFile[];
  readonly sales: SalesTruth;
  /** Rows whose text has blanks around it or another case. */
  readonly untidyStores: number;
  readonly untidyProducts: number;
}

export interface SalesTruth {
  /** Lines in all daily files: `clean` plus all of `dirt`. */
  readonly rows: number;
  readonly clean: number;
  readonly dirt: Readonly<Record<LineDirt, number>>;
  /** Lines that are left once duplicates, missing products and impossible quantities are out. */
  readonly kept: number;
  /** Of the kept lines: those with a negative quantity. Pieces and cents count as positive numbers. */
  readonly returns: { readonly rows: number; readonly pieces: number; readonly cents: number };
  /** Of the kept lines: quantity times (unit price minus discount), returns taken off, in cents. */
  readonly revenueCents: number;
  readonly revenueCentsByDay: Readonly<Record<string, number>>;
  readonly revenueCentsByStore: Readonly<Record<string, number>>;
  readonly byDayAndStore: readonly DayAndStoreTruth[];
  readonly byProduct: readonly ProductTruth[];
}

export interface DayAndStoreTruth {
  readonly day: string;
  readonly store: string;
  readonly rows: number;
  readonly receipts: number;
  readonly pieces: number;
  readonly revenueCents: number;
}

export interface ProductTruth {
  readonly product: string;
  readonly rows: number;
  /** Returned pieces taken off. */
  readonly pieces: number;
  readonly revenueCents: number;
}

interface Tally {
  rows: number;
  receipts: number;
  pieces: number;
  revenueCents: number;
}

/** Counts lines as they are written. */
export class SalesCount {
  readonly #dirt = Object.fromEntries(lineDirtKinds.map((kind) => [kind, 0])) as Record<LineDirt, number>;
  readonly #days: { readonly day: string; readonly stores: readonly Tally[] }[] = [];
  readonly #products: readonly Tally[];
  readonly #returns = { rows: 0, pieces: 0, cents: 0 };
  readonly #catalogue: Catalogue;
  #rows = 0;
  #clean = 0;
  #stores: readonly Tally[] = [];

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
    this.#products = catalogue.products.map(emptyTally);
  }

  /** The lines that follow are of this day. */
  startDay(day: string): void {
    this.#stores = this.#catalogue.stores.map(emptyTally);
    this.#days.push({ day, stores: this.#stores });
  }

  /** One more line; returns whether it is one that silver keeps. */
  addLine(dirt: LineDirt | undefined): boolean {
    this.#rows += 1;
    if (dirt === undefined) this.#clean += 1;
    else this.#dirt[dirt] += 1;
    return dirt === undefined || !lostKinds.has(dirt);
  }

  /** What a kept line sold; indices into the catalogue. */
  addSale(store: number, product: number, pieces: number, cents: number): void {
    addTo(this.#stores[store], pieces, cents);
    addTo(this.#products[product], pieces, cents);
    if (pieces >= 0) return;
    this.#returns.rows += 1;
    this.#returns.pieces -= pieces;
    this.#returns.cents -= cents;
  }

  /** A receipt has its first kept line. */
  addReceipt(store: number): void {
    const tally = this.#stores[store];
    if (tally !== undefined) tally.receipts += 1;
  }

  finish(): SalesTruth {
    const byDayAndStore = this.#byDayAndStore();
    return {
      rows: this.#rows,
      clean: this.#clean,
      dirt: { ...this.#dirt },
      kept: sumOf(byDayAndStore, (entry) => entry.rows),
      returns: { ...this.#returns },
      revenueCents: sumOf(byDayAndStore, (entry) => entry.revenueCents),
      revenueCentsByDay: revenueBy(byDayAndStore, (entry) => entry.day),
      revenueCentsByStore: revenueBy(byDayAndStore, (entry) => entry.store),
      byDayAndStore,
      byProduct: this.#catalogue.products.map(({ id }, index) => {
        const { rows, pieces, revenueCents } = this.#products[index] ?? emptyTally();
        return { product: id, rows, pieces, revenueCents };
      }),
    };
  }

  #byDayAndStore(): readonly DayAndStoreTruth[] {
    return this.#days.flatMap(({ day, stores }) =>
      this.#catalogue.stores.map(({ id }, index) => ({ day, store: id, ...(stores[index] ?? emptyTally()) })),
    );
  }
}

function emptyTally(): Tally {
  return { rows: 0, receipts: 0, pieces: 0, revenueCents: 0 };
}

function addTo(tally: Tally | undefined, pieces: number, cents: number): void {
  if (tally === undefined) return;
  tally.rows += 1;
  tally.pieces += pieces;
  tally.revenueCents += cents;
}

function sumOf<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}

function revenueBy(
  entries: readonly DayAndStoreTruth[],
  key: (entry: DayAndStoreTruth) => string,
): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const entry of entries) sums[key(entry)] = (sums[key(entry)] ?? 0) + entry.revenueCents;
  return sums;
}
