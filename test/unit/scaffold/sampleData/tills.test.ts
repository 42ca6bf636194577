import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateSampleData } from '../../../../src/scaffold/sampleData/generate.js';
import { inTemporaryFolder } from '../temporaryFolder.js';
import { readSales, type SalesLine, sumBy, tidySales } from './salesReader.js';

/** Four weeks of sales, their lines tidied. */
const fourWeeks = (check: (lines: readonly SalesLine[], directory: string) => void) =>
  inTemporaryFolder(async (directory) => {
    await generateSampleData({ directory, rows: 12_000, seed: 5, days: 28 });
    check(tidySales(readSales(directory)), directory);
  });

const hourOf = ({ soldAt }: SalesLine) => Number(soldAt.slice(11, 13));
const one = () => 1;

describe('the tills', () => {
  it('number every line of a receipt once', () =>
    fourWeeks((lines) => {
      assert.equal(new Set(lines.map(({ transaction }) => transaction)).size, lines.length);
    }));

  it('sell while their store is open', () =>
    fourWeeks((lines, directory) => {
      const [, ...stores] = readFileSync(join(directory, 'stores.csv'), 'utf8').trimEnd().split('\n');
      const hours = new Map(
        stores.map((line) => line.match(/\d\d(?=:00)/g)).map((hour, i) => [`S0${i + 1}`, hour]),
      );
      for (const line of lines) {
        const [opens, closes] = (hours.get(line.store) ?? []).map(Number);
        assert(hourOf(line) >= (opens ?? 24) && hourOf(line) < (closes ?? 0), line.text);
      }
    }));

  it('sell from 10 to 18 on Sundays', () =>
    fourWeeks((lines) => {
      const sundays = lines.filter(({ file }) => new Date(file.slice(10, 20)).getUTCDay() === 0);
      assert.deepEqual([...new Set(sundays.map(hourOf))].sort(), [10, 11, 12, 13, 14, 15, 16, 17]);
    }));

  it('sell on the day that names their file', () =>
    fourWeeks((lines) => {
      for (const { soldAt, file, text } of lines) {
        const day = soldAt.includes('/')
          ? soldAt.slice(0, 10).split('/').reverse().join('-')
          : soldAt.slice(0, 10);
        assert.equal(`pos_sales_${day}.csv`, file, text);
      }
    }));

  it('sell most on Saturdays and least on Sundays', () =>
    fourWeeks((lines) => {
      const weekday = ({ file }: SalesLine) => String(new Date(file.slice(10, 20)).getUTCDay());
      const order = Object.entries(sumBy(lines, weekday, one)).sort((a, b) => b[1] - a[1]);
      assert.deepEqual([order[0]?.[0], order.at(-1)?.[0]], ['6', '0']);
    }));

  it('take cash and cards and give money back', () =>
    fourWeeks((lines) => {
      const share = (holds: (line: SalesLine) => boolean) => lines.filter(holds).length / lines.length;
      assert(share(({ payment }) => payment === 'cash') > 0.2);
      assert(share(({ payment }) => payment === 'card') > 0.5);
      assert(share(({ quantity }) => quantity < 0) > 0.003);
    }));

  it('take something off a few products each week', () =>
    fourWeeks((lines) => {
      const reduced = lines.filter(({ text }) => !text.includes(',0.00,'));
      assert(reduced.length > lines.length / 20 && reduced.length < lines.length / 2);
    }));
});
