import assert from 'node:assert/strict';
import fc from 'fast-check';
import { generateSampleData } from '../../../../src/scaffold/sampleData/generate.js';
import type { Truth } from '../../../../src/scaffold/sampleData/truth.js';
import { inTemporaryFolder } from '../temporaryFolder.js';
import { readSales, type SalesLine, sumBy, tidySales, withoutRepeats } from './salesReader.js';

const deep = process.env.RATATOUILLE_DEEP === '1';
const sales = fc.record({
  rows: fc.integer({ min: 1, max: deep ? 40_000 : 4000 }),
  seed: fc.integer({ min: 0, max: 0xffff_ffff }),
  days: fc.integer({ min: 1, max: 12 }),
});

/** Holds for any set of files: what the truth says of them against what an outsider counts in them. */
async function forAnySet(check: (lines: readonly SalesLine[], truth: Truth) => void): Promise<void> {
  const property = fc.asyncProperty(sales, (options) =>
    inTemporaryFolder(async (directory) => {
      const truth = await generateSampleData({ directory, ...options });
      check(readSales(directory), truth);
    }),
  );
  await fc.assert(property, { numRuns: deep ? 100 : 6 });
}

describe('the truth about the sample sales', () => {
  it('counts each kind of dirt exactly', () =>
    forAnySet((lines, { sales: { dirt, rows, clean } }) => {
      const once = withoutRepeats(lines);
      const count = (holds: (line: SalesLine) => boolean) => once.filter(holds).length;
      assert.deepEqual(dirt, {
        duplicate: lines.length - once.length,
        missingProduct: count(({ product }) => product === ''),
        missingCashier: count(({ cashier }) => cashier === ''),
        untidyPayment: count(({ payment }) => !/^(card|cash)$/.test(payment)),
        untidyStore: count(({ store }) => !/^S\d\d$/.test(store)),
        otherDateFormat: count(({ soldAt }) => /^\d\d\/\d\d\/\d{4} \d\d:\d\d$/.test(soldAt)),
        zeroQuantity: count(({ quantity }) => quantity === 0),
        hugeQuantity: count(({ quantity }) => quantity === 9999),
      });
      assert.equal(rows, lines.length);
      assert.equal(clean, rows - Object.values(dirt).reduce((sum, found) => sum + found, 0));
    }));

  it('gives a line one kind of dirt at most', () =>
    forAnySet((lines) => {
      const clean =
        /^T\d{10}-\d+,[\d-]{10} [\d:]{8},S\d\d,[^,]+,P\d{3},(?!0,|9999,)-?\d+,\d+\.\d\d,\d+\.\d\d,(card|cash),(C\d{5})?$/;
      const faults = (line: SalesLine) =>
        [
          line.product === '',
          line.cashier === '',
          !/^(card|cash)$/.test(line.payment),
          !/^S\d\d$/.test(line.store),
          line.soldAt.includes('/'),
          line.quantity === 0 || line.quantity === 9999,
        ].filter(Boolean).length;
      for (const line of lines) assert.equal(faults(line), clean.test(line.text) ? 0 : 1, line.text);
    }));

  it('knows the revenue of every day, store and product', () =>
    forAnySet((lines, { sales: truth }) => {
      const kept = tidySales(lines);
      const cents = ({ quantity, cents: each }: SalesLine) => quantity * each;
      const byDay = sumBy(kept, ({ file }) => file.slice(10, 20), cents);
      const byStore = sumBy(kept, ({ store }) => store, cents);
      const byProduct = sumBy(kept, ({ product }) => product, cents);
      for (const [day, sum] of Object.entries(truth.revenueCentsByDay))
        assert.equal(byDay[day] ?? 0, sum, day);
      for (const [store, sum] of Object.entries(truth.revenueCentsByStore))
        assert.equal(byStore[store] ?? 0, sum);
      for (const { product, revenueCents } of truth.byProduct)
        assert.equal(byProduct[product] ?? 0, revenueCents);
      assert.equal(truth.kept, kept.length);
      assert.equal(
        truth.revenueCents,
        kept.reduce((sum, line) => sum + cents(line), 0),
      );
    }));

  it('knows receipts, lines and pieces by day and store', () =>
    forAnySet((lines, { sales: truth }) => {
      const kept = tidySales(lines);
      for (const entry of truth.byDayAndStore) {
        const own = kept.filter(({ file, store }) => file.includes(entry.day) && store === entry.store);
        assert.equal(entry.rows, own.length);
        assert.equal(entry.receipts, new Set(own.map(({ transaction }) => transaction.split('-')[0])).size);
        assert.equal(
          entry.pieces,
          own.reduce((sum, { quantity }) => sum + quantity, 0),
        );
      }
    }));

  it('knows what came back', () =>
    forAnySet((lines, { sales: { returns } }) => {
      const back = tidySales(lines).filter(({ quantity }) => quantity < 0);
      const pieces = back.reduce((sum, { quantity }) => sum - quantity, 0);
      const cents = back.reduce((sum, line) => sum - line.quantity * line.cents, 0);
      assert.deepEqual(returns, { rows: back.length, pieces, cents });
    }));
});
