import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compile } from 'vega-lite';
import { type ChartAggregate, type ChartSettings, chartMarks } from '../../../src/protocol/chart.js';
import type { Json } from '../../../src/protocol/json.js';
import type { ChartBlock } from '../../../src/protocol/result.js';
import { aggregate } from '../../../src/ui/chart/aggregate.js';
import { chartData } from '../../../src/ui/chart/data.js';
import { buildChart } from '../../../src/ui/chart/spec.js';
import { chartTheme } from '../../../src/ui/chart/theme.js';
import { scaleOf, toNumber } from '../../../src/ui/chart/values.js';

/** A chart of columns x, y and, where a row has three values, color. */
function chart(
  types: readonly [x: string, y: string],
  rows: readonly (readonly Json[])[],
  settings: Partial<ChartSettings> = {},
): ChartBlock {
  const [x, y] = types;
  const columns = [
    { name: 'x', type: x },
    { name: 'y', type: y },
    ...(settings.color === undefined ? [] : [{ name: settings.color, type: 'VARCHAR' }]),
  ];
  return {
    kind: 'chart',
    chart: { mark: 'bar', x: 'x', y: 'y', ...settings },
    columns,
    rows,
    total: rows.length,
  };
}

const drawn = (block: ChartBlock) => chartData(block).data.map(({ place, measure }) => [place, measure]);

describe('chart values', () => {
  const values: readonly (readonly [Json, string, number | undefined])[] = [
    ['12345678901234.25', 'DECIMAL(38,2)', 12345678901234.25],
    ['9007199254740993', 'BIGINT', 9007199254740992],
    [7, 'INTEGER', 7],
    ['2024-02-29', 'DATE', Date.UTC(2024, 1, 29)],
    ['2024-02-29 12:30:00.25', 'TIMESTAMP', Date.UTC(2024, 1, 29, 12, 30, 0, 250)],
    ['2024-02-29 12:30:00+02', 'TIMESTAMP WITH TIME ZONE', Date.UTC(2024, 1, 29, 10, 30)],
    ['2024-02-29 12:30:00-03:30', 'TIMESTAMP WITH TIME ZONE', Date.UTC(2024, 1, 29, 16)],
    ['infinity', 'DATE', undefined],
    ['nan', 'DOUBLE', undefined],
    ['', 'DOUBLE', undefined],
    [null, 'INTEGER', undefined],
    [[1], 'INTEGER[]', undefined],
  ];
  for (const [value, type, expected] of values) {
    it(`places ${JSON.stringify(value)} of ${type}`, () => {
      assert.equal(toNumber(value, scaleOf(type)), expected);
    });
  }

  it('have the scale of their type', () => {
    const types = ['HUGEINT', 'DATE', 'TIMESTAMP_NS', 'TIME', 'VARCHAR', 'BOOLEAN'];
    assert.deepEqual(types.map(scaleOf), ['number', 'time', 'time', 'category', 'category', 'category']);
  });
});

describe('aggregates', () => {
  it('are those of the field', () => {
    const by: readonly ChartAggregate[] = ['sum', 'mean', 'median', 'min', 'max', 'count'];
    assert.deepEqual(
      by.map((each) => aggregate(each, [4, 1, 10, 1])),
      [16, 4, 2.5, 1, 10, 4],
    );
    assert.equal(aggregate('median', [9, 1, 5]), 5);
  });
});

describe('chart data', () => {
  it('keeps the order of the rows', () => {
    assert.deepEqual(
      drawn(
        chart(
          ['VARCHAR', 'DECIMAL(9,2)'],
          [
            ['b', '2.5'],
            ['a', '1'],
          ],
        ),
      ),
      [
        ['b', 2.5],
        ['a', 1],
      ],
    );
  });

  it('adds up what would hide another, and says so', () => {
    const block = chart(
      ['VARCHAR', 'INTEGER'],
      [
        ['a', 1],
        ['b', 2],
        ['a', 5],
      ],
    );
    assert.deepEqual(drawn(block), [
      ['a', 6],
      ['b', 2],
    ]);
    assert.deepEqual(chartData(block).notes, ['Rows with the same x are added up: y is their sum.']);
    assert.equal(drawn({ ...block, chart: { ...block.chart, mark: 'line' } }).length, 3);
  });

  it('keeps colours apart when it adds up', () => {
    const rows = [
      ['a', 1, 'red'],
      ['a', 2, 'blue'],
      ['a', 4, 'red'],
    ];
    assert.deepEqual(drawn(chart(['VARCHAR', 'INTEGER'], rows, { color: 'c' })), [
      ['a', 5],
      ['a', 2],
    ]);
  });

  it('counts rows', () => {
    const block = chart(
      ['VARCHAR', 'VARCHAR'],
      [
        ['a', null],
        ['b', 'x'],
        ['a', 'y'],
      ],
      { aggregate: 'count' },
    );
    assert.deepEqual(drawn(block), [
      ['a', 2],
      ['b', 1],
    ]);
    assert.deepEqual(chartData(block).notes, []);
  });

  it('leaves out what has no place, and says so', () => {
    const block = chart(
      ['VARCHAR', 'INTEGER'],
      [
        ['a', null],
        [null, 2],
        ['c', 3],
      ],
    );
    assert.deepEqual(drawn(block), [
      ['NULL', 2],
      ['c', 3],
    ]);
    assert.deepEqual(chartData(block).notes, ['Not drawn: 1 row without a value.']);
  });

  it('says when it has the first rows only', () => {
    const [note] = chartData({ ...chart(['VARCHAR', 'INTEGER'], [['a', 1]]), total: 12_345 }).notes;
    assert.match(note ?? '', /^Drawn from the first 1 of 12,345 rows\. .*GROUP BY/);
  });

  const sorts: readonly (readonly [ChartSettings['sort'], string])[] = [
    ['none', 'b10 a9 a10'],
    ['x', 'a9 a10 b10'],
    ['-x', 'b10 a10 a9'],
    ['y', 'a10 b10 a9'],
    ['-y', 'a9 b10 a10'],
  ];
  for (const [sort, expected] of sorts) {
    it(`is sorted by ${sort}`, () => {
      const rows = [
        ['b10', 2],
        ['a9', 3],
        ['a10', 1],
      ];
      const order = drawn(chart(['VARCHAR', 'INTEGER'], rows, sort && { sort })).map(([place]) => place);
      assert.equal(order.join(' '), expected);
    });
  }

  it('lies on its side where x is the number', () => {
    const block = chart(
      ['INTEGER', 'VARCHAR'],
      [
        [2, 'a'],
        [1, 'b'],
      ],
      { sort: 'x' },
    );
    assert.equal(chartData(block).isHorizontal, true);
    assert.deepEqual(drawn(block), [
      ['b', 1],
      ['a', 2],
    ]);
  });

  it('gives few bars a place each, and many an axis', () => {
    const days = (count: number) =>
      Array.from({ length: count }, (_, day) => [
        new Date(Date.UTC(2024, 0, day + 1)).toISOString().slice(0, 10),
        1,
      ]);
    assert.equal(chartData(chart(['DATE', 'INTEGER'], days(60))).placeScale, 'category');
    assert.equal(chartData(chart(['DATE', 'INTEGER'], days(61))).placeScale, 'time');
    assert.equal(chartData(chart(['DATE', 'INTEGER'], days(3), { mark: 'line' })).placeScale, 'time');
  });
});

describe('chart specification', () => {
  /** The axis below upright bars with these names. */
  const axisOf = (names: readonly string[], width: number) => {
    const rows = names.map((name, at) => [name, at]);
    const { spec } = buildChart(chart(['VARCHAR', 'INTEGER'], rows), width);
    const { encoding } = spec as unknown as {
      readonly encoding: { readonly x: { readonly axis: Readonly<Record<string, number>> } };
    };
    return encoding.x.axis;
  };

  it('slants labels that are wider than the room of a bar', () => {
    const names = ['Saint-Étienne, the station', 'Saint-Étienne, the market'];
    const slanted = { labelLimit: 180, labelAngle: -40, titleLimit: 320 };
    assert.deepEqual(axisOf(names, 800), slanted);
    assert.deepEqual(axisOf([...names, 'Nice'], 2000), { ...slanted, titleLimit: 370 });
  });

  it('keeps labels level that have their room', () => {
    const shops = Array.from({ length: 12 }, (_, shop) => `Shop ${shop}`);
    const { labelLimit = 0, labelAngle } = axisOf(shops, 1200);
    assert.equal(labelAngle, 0);
    assert(labelLimit >= 'Shop 11'.length * 7, `${labelLimit}`);
  });

  it('cuts a title beside the picture only', () => {
    const { axis, axisY } = chartTheme(() => '');
    assert.deepEqual([axis?.titleLimit, axisY?.titleLimit], [undefined, 220]);
  });

  it('is described in one sentence', () => {
    const describe = (settings: Partial<ChartSettings>) =>
      buildChart(chart(['VARCHAR', 'INTEGER'], [['a', 1]], settings), 600).description;
    assert.equal(describe({}), 'Bar chart of y by x, 1 mark.');
    assert.equal(describe({ mark: 'pie', aggregate: 'mean' }), 'Pie chart of mean of y by x, 1 slice.');
    assert.equal(
      describe({ aggregate: 'count', color: 'c' }),
      'Bar chart of number of rows by x and c, 1 mark.',
    );
  });

  it('never reads a name as a path or an address', () => {
    const names = ['a.b[0]', 'https://example.org/x.json', "it's"];
    for (const name of names) {
      const block = chart(['VARCHAR', 'INTEGER'], [[name, 1]]);
      const named = {
        ...block,
        chart: { ...block.chart, x: name },
        columns: [{ name, type: 'VARCHAR' }, ...block.columns.slice(1)],
      };
      const { spec } = buildChart(named, 600);
      assert.deepEqual(Object.keys((spec as { data: object }).data), ['values']);
      assert.match(JSON.stringify(compile(spec).spec), /"field":"place"/);
    }
  });

  it('compiles for any rows, mark and width', () => {
    const value = fc.oneof(
      fc.constant(null),
      fc.integer(),
      fc.string(),
      fc.double({ noNaN: true }).map(String),
    );
    const type = fc.constantFrom('VARCHAR', 'INTEGER', 'DATE', 'DECIMAL(9,2)', 'TIMESTAMP', 'BOOLEAN');
    const rows = fc.array(fc.tuple(value, value, value), { maxLength: 8 });
    const settings = fc.record(
      {
        mark: fc.constantFrom(...chartMarks),
        aggregate: fc.constantFrom('sum' as const, 'count' as const),
        sort: fc.constantFrom('x' as const, '-y' as const),
        color: fc.constant('c'),
      },
      { requiredKeys: ['mark'] },
    );
    fc.assert(
      fc.property(
        type,
        type,
        rows,
        settings,
        fc.integer({ min: 240, max: 900 }),
        (x, y, all, given, width) => {
          const { spec } = buildChart(chart([x, y], all, given), width);
          compile(spec, { config: chartTheme(() => ''), logger: silent });
        },
      ),
      { numRuns: 60 },
    );
  });
});

const silent = {
  level: () => silent,
  error: () => silent,
  warn: () => silent,
  info: () => silent,
  debug: () => silent,
} as never;

describe('chart theme', () => {
  it('takes the editor’s colours, or its own', () => {
    const { range, axis } = chartTheme((name) => (name === '--vscode-charts-blue' ? ' #123456 ' : ''));
    assert.deepEqual((range as { category: readonly string[] }).category[0], '#123456');
    assert.equal((axis as { labelColor: string }).labelColor, '#3b3b3b');
  });
});
