import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A line of a daily file, as an outsider reads it. */
export interface SalesLine {
  readonly file: string;
  readonly text: string;
  readonly transaction: string;
  readonly soldAt: string;
  readonly store: string;
  readonly cashier: string;
  readonly product: string;
  readonly quantity: number;
  /** What a piece costs after discount. */
  readonly cents: number;
  readonly payment: string;
}

/** All lines of the daily files below a directory; shares nothing with the code that writes them. */
export function readSales(directory: string): readonly SalesLine[] {
  const folder = join(directory, 'pos_sales');
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const [, ...lines] = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n');
      return lines.map((text) => salesLine(basename(file), text));
    });
}

function salesLine(file: string, text: string): SalesLine {
  const fields = text.split(',');
  if (fields.length !== 10) throw new Error(`${file}: ${text}`);
  const [transaction = '', soldAt = '', store = '', cashier = '', product = ''] = fields;
  const [quantity = '', price = '', discount = '', payment = ''] = fields.slice(5);
  const cents = Math.round(Number(price) * 100) - Math.round(Number(discount) * 100);
  return {
    file,
    text,
    transaction,
    soldAt,
    store,
    cashier,
    product,
    quantity: Number(quantity),
    cents,
    payment,
  };
}

/** Lines as silver should keep them: each once, with a product and a possible quantity, words tidy. */
export function tidySales(lines: readonly SalesLine[]): readonly SalesLine[] {
  return withoutRepeats(lines)
    .filter(({ product, quantity }) => product !== '' && quantity !== 0 && quantity !== 9999)
    .map((line) => ({
      ...line,
      store: line.store.trim().toUpperCase(),
      payment: line.payment.trim().toLowerCase(),
    }));
}

/** Leaves out a line that its own file had before. */
export function withoutRepeats(lines: readonly SalesLine[]): readonly SalesLine[] {
  const seen = new Set<string>();
  return lines.filter(({ file, text }) => {
    const key = `${file}\n${text}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Sums a value by a key, in the order in which keys appear. */
export function sumBy<T>(
  items: readonly T[],
  key: (item: T) => string,
  value: (item: T) => number,
): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const item of items) sums[key(item)] = (sums[key(item)] ?? 0) + value(item);
  return sums;
}
