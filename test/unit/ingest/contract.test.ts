import assert from 'node:assert/strict';
import fc from 'fast-check';
import { contractHash, parseContract, printContract } from '../../../src/ingest/contract.js';
import { contractNames } from '../../../src/ingest/contractName.js';
import type { Contract } from '../../../src/ingest/contractSchema.js';
import { problemOf } from './landingFixture.js';

const columns = [
  { name: 'id', type: 'BIGINT' },
  { name: 'größe "x"', type: 'DECIMAL(18,2)' },
];
const written = { format: 1, files: 'pos/*.csv', columns };
const parse = (value: unknown) => parseContract(JSON.stringify(value), 'contracts/a.json');
const contract = parse(written);

describe('a contract', () => {
  it('has its defaults filled in', () => {
    const { encoding, delimiter, quote, escape: escapes, header, nullStrings } = contract;
    assert.deepEqual(
      [encoding, delimiter, quote, escapes, header, nullStrings],
      ['utf-8', ',', '"', '"', true, ['']],
    );
  });

  it('is printed with a line for each column', () => {
    assert.equal(
      printContract(contract),
      `{
  "format": 1,
  "files": "pos/*.csv",
  "encoding": "utf-8",
  "delimiter": ",",
  "quote": "\\"",
  "escape": "\\"",
  "header": true,
  "nullStrings": [""],
  "columns": [
    { "name": "id", "type": "BIGINT" },
    { "name": "größe \\"x\\"", "type": "DECIMAL(18,2)" }
  ]
}
`,
    );
  });

  it('is the same after printing and reading', () => {
    const names = fc.uniqueArray(fc.string({ minLength: 1 }), {
      minLength: 1,
      selector: (name) => name.toLowerCase(),
    });
    fc.assert(
      fc.property(
        names,
        fc.constantFrom(',', ';', '\t'),
        fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
        fc.option(fc.constantFrom(0, 20, '1%', '0.5%', '100%'), { nil: undefined }),
        fc.boolean(),
        (found, delimiter, dateFormat, maxRejects, isFlexible) => {
          fc.pre(!found.some((name) => /^_(file|row)$/i.test(name)));
          const some: Contract = {
            ...contract,
            delimiter,
            columns: found.map((name) => ({
              name,
              type: 'DATE',
              ...(isFlexible && { optional: true, alsoNamed: [name] }),
            })),
            ...(isFlexible && { ignore: ['a name of its own'] }),
            ...(dateFormat !== undefined && { dateFormat }),
            ...(maxRejects !== undefined && { maxRejects }),
          };
          assert.deepEqual(parseContract(printContract(some), 'x'), some);
        },
      ),
    );
  });

  it('may have comments, a schema and a byte order mark', () => {
    const text = `\ufeff{ // ours\n "$schema": "x", ${JSON.stringify(written).slice(1)}`;
    assert.deepEqual(parseContract(text, 'x'), contract);
  });

  for (const [title, text, message, line, column] of [
    ['no JSON', '{\n  "format": 1,\n  oops\n}', /is not JSON: a text needs double quotes\.$/, 3, 3],
    ['no name', '{ 5: 1 }', /is not JSON: a name in double quotes is missing\.$/, 1, 3],
    ['nothing', '', /is not JSON: it is empty\.$/, 1, 1],
    ['a list', '[]', /has to be an object/, 1, 1],
    ['an unknown key', '{"format": 1,\n "file": "a"}', /"file" is not part of a contract/, 2, 2],
    ['another format', '{"format": 2, "files": "a.csv", "columns": []}', /"format" must be 1/, 1, 12],
    ['no columns', '{"format": 1, "files": "a.csv", "columns": []}', /"columns" must not be empty/, 1, 44],
    [
      'an unknown type',
      '{"format": 1, "files": "a.csv", "columns": [\n{"name": "a", "type": "TEXT"}]}',
      /"columns\.0\.type" is no type of a column/,
      2,
      23,
    ],
    [
      'a long delimiter',
      '{"format": 1, "files": "a.csv", "delimiter": ";;", "columns": [{"name": "a", "type": "DATE"}]}',
      /"delimiter" must be one ASCII/,
      1,
      46,
    ],
    ...['-1', '1.5', '"1"', '"101%"', '"1.%"', '"%"', 'true'].map(
      (limit) =>
        [
          `rejects up to ${limit}`,
          `{"format": 1, "files": "a.csv", "maxRejects": ${limit}, "columns": [{"name": "a", "type": "DATE"}]}`,
          /"maxRejects" must be a number of records, or a share of them as "1%"/,
          1,
          47,
        ] as const,
    ),
    [
      'a pattern that leaves',
      '{"format": 1, "files": "../a.csv", "columns": [{"name": "a", "type": "DATE"}]}',
      /landing\('\.\.\/a\.csv'\)/,
      1,
      24,
    ],
    [
      'a lineage name',
      '{"format": 1, "files": "a.csv", "columns": [{"name": "_ROW", "type": "DATE"}]}',
      /would hide landing\(\)'s own _row/,
      1,
      54,
    ],
    [
      'a name twice',
      '{"format": 1, "files": "a.csv", "columns": [{"name": "a", "type": "DATE"},\n{"name": "A", "type": "DATE"}]}',
      /two columns are called A/,
      2,
      10,
    ],
    [
      'a name with two meanings',
      '{"format": 1, "files": "a.csv", "ignore": [\n"A"], "columns": [{"name": "a", "type": "DATE"}]}',
      /the name A has two meanings/,
      2,
      1,
    ],
    [
      'another name that is a column',
      '{"format": 1, "files": "a.csv", "columns": [{"name": "a", "type": "DATE", "alsoNamed": [\n"b"]},{"name": "b", "type": "DATE"}]}',
      /the name b has two meanings/,
      2,
      1,
    ],
    [
      'an optional column without a header',
      '{"format": 1, "files": "a.csv", "header": false, "columns": [\n{"name": "a", "type": "DATE", "optional": true}]}',
      /without a header columns go by position/,
      2,
      1,
    ],
    [
      'more decimals than digits',
      '{"format": 1, "files": "a.csv", "columns": [{"name": "a", "type": "DECIMAL(2,3)"}]}',
      /more decimals than digits/,
      1,
      67,
    ],
    [
      'a quote that is the delimiter',
      '{"format": 1, "files": "a.csv", "delimiter": "\\"", "columns": [{"name": "a", "type": "DATE"}]}',
      /delimiter and quote are the same/,
      1,
      1,
    ],
    [
      'an escape without a quote',
      '{"format": 1, "files": "a.csv", "quote": "", "escape": "\\\\", "columns": [{"name": "a", "type": "DATE"}]}',
      /quote and escape go together/,
      1,
      56,
    ],
    [
      'onMissingFile, which does nothing yet',
      '{"format": 1, "onMissingFile": "keep"}',
      /"onMissingFile" is not part/,
      1,
      15,
    ],
  ] as const) {
    it(`can not be ${title}`, async () => {
      const problem = await problemOf(() => parseContract(text, 'contracts/a.json'));
      assert.equal(problem.code, 'landing.contract');
      assert.match(problem.message, message);
      assert.deepEqual(problem.place, { file: 'contracts/a.json', line, column });
    });
  }

  it('has a hash of what decides the rows', () => {
    const hash = contractHash(contract);
    assert.equal(contractHash(parse({ ...written, files: 'other.csv', quote: '"', $schema: 'x' })), hash);
    assert.equal(contractHash(parse({ ...written, maxRejects: '1%' })), hash);
    for (const change of [
      { encoding: 'latin-1' },
      { delimiter: ';' },
      { escape: '\\' },
      { header: false },
      { nullStrings: ['', 'NA'] },
      { dateFormat: '%d' },
      { timestampFormat: '%d' },
      { columns: [...columns].reverse() },
      { columns: [{ name: 'id', type: 'VARCHAR' }] },
    ]) {
      assert.notEqual(contractHash(parse({ ...written, ...change })), hash, JSON.stringify(change));
    }
  });

  for (const [pattern, name] of [
    ['pos_sales/*.csv', 'pos_sales.json'],
    ['stores.csv', 'stores.json'],
    ['pos/2024/*.csv.gz', 'pos_2024.json'],
    ['sales_*.csv', 'sales.json'],
    ['a/**/b_*.tsv', 'a_b.json'],
    ['sales/{a,b}[0-9].csv', 'sales.json'],
    ['käse/*.csv', 'käse.json'],
    ['**/*.csv', 'landing.json'],
    ['*', 'landing.json'],
    ['con/*.csv', 'landing_con.json'],
  ] as const) {
    it(`of ${pattern} is called ${name}`, () => {
      assert.equal(contractNames(pattern).next().value, name);
    });
  }
});
