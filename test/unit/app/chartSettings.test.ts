import assert from 'node:assert/strict';
import { readChartSettings } from '../../../src/app/chartSettings.js';
import type { Json } from '../../../src/protocol/json.js';
import { ProblemError } from '../../../src/protocol/problem.js';

const columns = [
  { name: 'Store', type: 'VARCHAR' },
  { name: 'day', type: 'DATE' },
  { name: 'revenue', type: 'DECIMAL(18,2)' },
];

/** The settings, or what is said instead. */
function read(written: Json): unknown {
  try {
    return readChartSettings(written, columns);
  } catch (error) {
    assert(error instanceof ProblemError);
    const { code, message, hint } = error.problem;
    assert.equal(code, 'chart.settings');
    return `${message} ${hint}`;
  }
}

describe('chart settings', () => {
  it('name columns as the result spells them', () => {
    assert.deepEqual(read({ x: 'store', y: 'REVENUE', color: 'Day' }), {
      mark: 'bar',
      x: 'Store',
      y: 'revenue',
      color: 'day',
    });
  });

  it('take all their keys', () => {
    const all = { mark: 'line', x: 'day', y: 'revenue', aggregate: 'mean', title: 'T', sort: '-y' };
    assert.deepEqual(read(all), all);
  });

  it('count rows without a y', () => {
    assert.deepEqual(read({ x: 'Store', aggregate: 'count' }), {
      mark: 'bar',
      x: 'Store',
      y: 'Store',
      aggregate: 'count',
    });
  });

  const faults: readonly (readonly [Json, string])[] = [
    [
      { x: 'stroe', y: 'revenue' },
      'The chart’s “x” is stroe, but the result has no such column. Did you mean Store?',
    ],
    [
      { x: 'Store', y: 'zzz' },
      'The chart’s “y” is zzz, but the result has no such column. Choose one of Store, day, revenue.',
    ],
    [{ mrak: 'bar', x: 'Store', y: 'revenue' }, 'A chart has no setting “mrak”. Did you mean mark?'],
    [
      { mark: 'bars', x: 'Store', y: 'revenue' },
      'A chart’s “mark” can’t be “bars”. Choose one of bar, line, area, point, pie.',
    ],
    [
      { x: 'Store', y: 'day' },
      'The chart has nothing to measure: neither Store (VARCHAR) nor day (DATE) is a number. ' +
        'Choose a column of numbers for “y”, or add "aggregate": "count" to count the rows.',
    ],
    [
      { y: 'revenue' },
      'The chart doesn’t say which column is its “x”. Write it as chart={"mark": "bar", "x": "day", "y": "revenue"}.',
    ],
    [
      { x: 7, y: 'revenue' },
      'The chart’s setting “x” is not a text. Write it as chart={"mark": "bar", "x": "day", "y": "revenue"}.',
    ],
    [
      'bar',
      'The chart of this cell has no settings. Write it as chart={"mark": "bar", "x": "day", "y": "revenue"}.',
    ],
  ];
  for (const [written, expected] of faults) {
    it(`say what is wrong: ${JSON.stringify(written)}`, () => {
      assert.equal(read(written), expected);
    });
  }
});
