import assert from 'node:assert/strict';
import { chartBars, chartColumns, formatChart } from '../../../../src/cli/print/chart.js';
import { plainStyle } from '../../../../src/cli/style.js';

const columns = [
  { name: 'store', type: 'BIGINT' },
  { name: 'Day', type: 'DATE' },
  { name: 'revenue', type: 'DECIMAL(18,2)' },
];
const style = { ...plainStyle, width: 26 };

describe('the columns of a chart', () => {
  for (const [what, names, expected] of [
    ['the first of each kind', {}, { x: 1, y: 0 }],
    ['those named, without case', { x: 'day', y: 'REVENUE' }, { x: 1, y: 2 }],
    ['a numeric label', { x: 'store' }, { x: 0, y: 2 }],
    ['none of that name', { y: 'profit' }, { x: 1, y: undefined }],
  ] as const) {
    it(`are ${what}`, () => assert.deepEqual(chartColumns(columns, names), expected));
  }

  it('may all be numeric', () => {
    const numbers = [
      { name: 'a', type: 'INTEGER' },
      { name: 'b', type: 'DOUBLE' },
    ];
    assert.deepEqual(chartColumns(numbers, {}), { x: 1, y: 0 });
  });

  it('need one with numbers', () => {
    assert.equal(chartColumns([{ name: 'a', type: 'VARCHAR' }], {}).y, undefined);
  });
});

describe('a bar chart', () => {
  const blank = (count: number) => ' '.repeat(count);
  const bar = (count: number) => '█'.repeat(count);
  for (const [what, rows, expected] of [
    ['in proportion', { a: '20.00', b: '10.00' }, [`a  ${bar(16)}  20.00`, `b  ${bar(8)}${blank(8)}  10.00`]],
    ['to an eighth of a cell', { a: 18, b: 1.5 }, [`a  ${bar(18)}   18`, `b  █▌${blank(16)}  1.5`]],
    [
      'both sides of zero',
      { a: 10, b: -10 },
      [`a  ${blank(9)}${bar(9)}   10`, `b  ${bar(9)}${blank(9)}  -10`],
    ],
    ['nothing for NULL and zero', { a: null, b: 0 }, [`a  ${blank(17)}  NULL`, `b  ${blank(17)}     0`]],
  ] as const) {
    it(`draws ${what}`, () => {
      assert.deepEqual(formatChart(chartBars(Object.entries(rows), 0, 1), style).split('\n'), expected);
    });
  }

  it('has no line without a row', () => assert.equal(formatChart([], style), ''));
});
