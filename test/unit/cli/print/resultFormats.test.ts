import assert from 'node:assert/strict';
import fc from 'fast-check';
import { csvLines, csvTitle } from '../../../../src/cli/print/csv.js';
import { distinctNames, jsonItems, ndjsonLines } from '../../../../src/cli/print/jsonRows.js';
import { markdownLines, markdownTitle } from '../../../../src/cli/print/markdown.js';
import type { Json } from '../../../../src/protocol/json.js';

const numRuns = process.env.RATATOUILLE_DEEP === '1' ? 20_000 : 300;
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', ' ', '|', '\\', 'a') }),
);
const value = fc.oneof(fc.constant(null), text, fc.integer(), fc.boolean());
const result = fc.integer({ min: 1, max: 4 }).chain((width) =>
  fc.record({
    names: fc.array(text, { minLength: width, maxLength: width }),
    rows: fc.array(fc.array(value, { minLength: width, maxLength: width })),
  }),
);

describe('CSV', () => {
  it('gives every value back to a reader of RFC 4180', () => {
    fc.assert(
      fc.property(result, ({ names, rows }) => {
        const records = parseCsv([csvTitle(columnsOf(names)), ...csvLines(rows)].join(''));
        const expected = rows.map((row) => row.map((each) => (row.length === 1 ? (each ?? '') : each)));
        assert.deepEqual(records, [names, ...expected.map((row) => row.map(asText))]);
      }),
      { numRuns },
    );
  });

  it('tells NULL from the empty text', () => {
    assert.deepEqual([...csvLines([[null, '']])], [',""\n']);
  });

  it('writes nested values as JSON', () => {
    assert.deepEqual([...csvLines([[{ x: [1, 'b'] }]])][0], '"{""x"":[1,""b""]}"\n');
  });
});

describe('JSON', () => {
  it('gives every value back under a name of its own', () => {
    fc.assert(
      fc.property(result, ({ names, rows }) => {
        const columns = columnsOf(names);
        const keys = distinctNames(columns);
        assert.equal(new Set(keys).size, names.length);
        const objects = JSON.parse(`[${[...jsonItems(columns, rows)].join('')}]`) as Record<string, Json>[];
        assert.deepEqual(
          objects.map((object) => keys.map((key) => asGiven(object, key))),
          rows,
        );
      }),
      { numRuns },
    );
  });

  it('has the same objects line by line', () => {
    const columns = columnsOf(['2', '1']);
    assert.deepEqual([...ndjsonLines(columns, [[1, null]])], ['{"2":1,"1":null}\n']);
  });

  for (const [names, expected] of [
    [
      ['id', 'id', 'id'],
      ['id', 'id_2', 'id_3'],
    ],
    [
      ['id', 'id', 'id_2'],
      ['id', 'id_3', 'id_2'],
    ],
    [
      ['id_2', 'id', 'id'],
      ['id_2', 'id', 'id_3'],
    ],
    [
      ['__proto__', '__proto__'],
      ['__proto__', '__proto___2'],
    ],
  ] as const) {
    it(`names columns [${names}] [${expected}]`, () => {
      assert.deepEqual(distinctNames(columnsOf(names)), expected);
    });
  }
});

describe('Markdown', () => {
  it('has as many cells in every row', () => {
    fc.assert(
      fc.property(result, ({ names, rows }) => {
        const title = markdownTitle(columnsOf(names)).split(/(?<=\n)/);
        const lines = [...title, ...markdownLines(rows)];
        assert.ok(lines.every((line) => line.indexOf('\n') === line.length - 1));
        assert.ok(lines.every((line) => cellBorders(line) === names.length + 1));
      }),
      { numRuns },
    );
  });

  for (const [given, expected] of [
    ['a|b', 'a\\|b'],
    ['a\\|b', 'a\\\\\\|b'],
    ['a\r\nb\nc', 'a<br>b<br>c'],
    ['<b>*x*</b>', '&lt;b>\\*x\\*&lt;/b>'],
    ['my_column', 'my_column'],
  ] as const) {
    it(`escapes ${JSON.stringify(given)}`, () => {
      assert.equal([...markdownLines([[given]])][0], `| ${expected} |\n`);
    });
  }
});

function columnsOf(names: readonly string[]) {
  return names.map((name) => ({ name, type: 'VARCHAR' }));
}

/** CSV has no types: NULL is what an unquoted empty field is read as, everything else is text. */
function asText(given: Json): string | null {
  return given === null || typeof given === 'string' ? given : JSON.stringify(given);
}

/** JSON.parse makes an own property of `__proto__`, which a plain access does not see. */
function asGiven(object: Record<string, Json>, key: string): Json | undefined {
  return Object.getOwnPropertyDescriptor(object, key)?.value as Json | undefined;
}

/** Pipes that an even number of backslashes precedes. */
function cellBorders(line: string): number {
  return [...line.matchAll(/(\\*)\|/g)].filter(([, slashes = '']) => slashes.length % 2 === 0).length;
}

/** RFC 4180 with line feeds; an unquoted empty field is NULL. */
function parseCsv(csv: string): (string | null)[][] {
  const records: (string | null)[][] = [];
  let record: (string | null)[] = [];
  for (const [, quoted, plain = '', end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n\r]*))(,|\n)/g)) {
    record.push(quoted === undefined ? plain || null : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}
