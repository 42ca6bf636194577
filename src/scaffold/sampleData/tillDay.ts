import type { CalendarDay } from './calendar.js';
import type { Catalogue } from './catalogue.js';
import { money } from './csv.js';
import { type LineDirt, LineDirtDraw, untidy } from './dirt.js';
import { weeklyDiscounts } from './promotions.js';
import { type Random, randomFor } from './random.js';
import { type Receipt, ReceiptBook } from './receipts.js';
import type { SalesCount } from './truth.js';
import { type WeightedTable, weightedTable } from './weighted.js';

/** The header of a daily file. */
export const salesHeader =
  'transaction_id,sold_at,store_id,cashier,product_id,quantity,unit_price,discount,payment_method,customer_id\n';

const salesStream = 1;
const piecesPerLine = [1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 6];
const promotionPull = 3;
const recentLines = 8;
const hugeQuantity = 9999;

export interface TillDayOptions {
  readonly seed: number;
  /** How many lines the day has. */
  readonly lines: number;
  /** How many receipts there were before it. */
  readonly receipts: number;
  /** Counts what is written. */
  readonly count: SalesCount;
}

/** Writes what the tills of all stores send for one day, line by line, roughly in the order of time. */
export class TillDay {
  readonly #catalogue: Catalogue;
  readonly #day: CalendarDay;
  readonly #lines: number;
  readonly #count: SalesCount;
  readonly #random: Random;
  readonly #dirt = new LineDirtDraw();
  readonly #book: ReceiptBook;
  readonly #products: WeightedTable;
  readonly #discounts: readonly number[];
  readonly #prices: readonly string[];
  readonly #recent: string[] = [];
  #written = 0;
  #clean = 0;
  #receipt: Receipt | undefined;
  #line = 0;
  #receiptCounted = false;

  constructor(catalogue: Catalogue, day: CalendarDay, options: TillDayOptions) {
    this.#catalogue = catalogue;
    this.#day = day;
    this.#lines = options.lines;
    this.#count = options.count;
    this.#random = randomFor(options.seed, salesStream, day.index);
    this.#book = new ReceiptBook(catalogue, day, this.#random, options.receipts);
    this.#discounts = weeklyDiscounts(catalogue, options.seed, Math.floor(day.index / 7));
    this.#products = weightedTable(
      catalogue.products.map(({ weight, department }, index) => {
        const pull = this.#discountOf(index) > 0 ? promotionPull : 1;
        return weight * pull * (department.seasons[day.month] ?? 0);
      }),
    );
    this.#prices = catalogue.products.map(
      ({ priceCents }, index) => `${money(priceCents)},${money(this.#discountOf(index))}`,
    );
  }

  /** Receipts up to now, those before this day included. */
  get receipts(): number {
    return this.#book.opened;
  }

  /** The next line, with its line break. To be called as often as the day has lines. */
  next(): string {
    const dirt = this.#dirt.draw(this.#random);
    const line = dirt === 'duplicate' ? this.#repeat() : this.#sell(dirt);
    this.#written += 1;
    return line;
  }

  #repeat(): string {
    if (this.#recent.length === 0) return this.#sell(undefined);
    this.#count.addLine('duplicate');
    return this.#random.pick(this.#recent);
  }

  #sell(dirt: LineDirt | undefined): string {
    const receipt = this.#currentReceipt();
    this.#line += 1;
    const product = this.#products[this.#random.below(this.#products.length)] ?? 0;
    const pieces = this.#random.pick(piecesPerLine) * receipt.sign;
    if (this.#count.addLine(dirt)) this.#countSale(receipt.store, product, pieces);
    const line = this.#print(receipt, product, pieces, dirt);
    if (dirt === undefined) this.#remember(line);
    return line;
  }

  #currentReceipt(): Receipt {
    if (this.#receipt === undefined || this.#line === this.#receipt.lines) {
      this.#receipt = this.#book.open(this.#written, this.#lines);
      this.#line = 0;
      this.#receiptCounted = false;
    }
    return this.#receipt;
  }

  #countSale(store: number, product: number, pieces: number): void {
    const price = this.#catalogue.products[product]?.priceCents ?? 0;
    this.#count.addSale(store, product, pieces, pieces * (price - this.#discountOf(product)));
    if (!this.#receiptCounted) this.#count.addReceipt(store);
    this.#receiptCounted = true;
  }

  #print(receipt: Receipt, product: number, pieces: number, dirt: LineDirt | undefined): string {
    const soldAt =
      dirt === 'otherDateFormat'
        ? `${this.#day.dayFirst} ${receipt.time}`
        : `${this.#day.iso} ${receipt.time}:${receipt.seconds}`;
    const store = dirt === 'untidyStore' ? untidy(receipt.storeId, this.#random) : receipt.storeId;
    const cashier = dirt === 'missingCashier' ? '' : receipt.cashier;
    const productId = dirt === 'missingProduct' ? '' : this.#catalogue.products[product]?.id;
    const payment = dirt === 'untidyPayment' ? untidy(receipt.payment, this.#random) : receipt.payment;
    const start = `${receipt.number}-${this.#line},${soldAt},${store},${cashier},${productId}`;
    return `${start},${quantityText(pieces, dirt)},${this.#prices[product]},${payment},${receipt.customer}\n`;
  }

  #remember(line: string): void {
    this.#recent[this.#clean % recentLines] = line;
    this.#clean += 1;
  }

  #discountOf(product: number): number {
    return this.#discounts[product] ?? 0;
  }
}

function quantityText(pieces: number, dirt: LineDirt | undefined): number {
  if (dirt === 'zeroQuantity') return 0;
  return dirt === 'hugeQuantity' ? hugeQuantity : pieces;
}
