import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type TimeFormats, typedColumns } from '../../../src/ingest/columnType.js';
import { quoteLiteral } from '../../../src/sql/names.js';
import { useEngine } from './landingFixture.js';

const isDeep = process.env.RATATOUILLE_DEEP === '1';
const isoTime = "'[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?'";
const dayFirst = '%d/%m/%Y';
/** Of four digits; `0024` is written so. */
const fullYear = `regexp_matches(x, '[0-9]') AND (v >= DATE '1000-01-01' OR regexp_matches(x, '\\b0[0-9]{3}\\b'))`;

/** When a text is taken, as a condition on it and its value `v`; written for reading, not for fast planning. */
const rules: readonly (readonly [type: string, rule: string, typical: readonly string[], TimeFormats?])[] = [
  ['INTEGER', `v::VARCHAR = x OR x = '-0'`, ['0', '-0', '42', '-17', '2147483647', '-2147483648', '007']],
  ['BIGINT', `v::VARCHAR = x OR x = '-0'`, ['0', '-0', '9223372036854775807', '-9223372036854775808', '1e3']],
  [
    'DOUBLE',
    `x NOT LIKE '%\\_%' ESCAPE '\\' AND (isfinite(v) OR NOT regexp_matches(x, '[0-9]'))`,
    ['1.5', '-0', '1e308', '1e309', 'NaN', '-inf', 'infinity', '+.5'],
  ],
  ['DECIMAL(5,2)', decimal(2), ['1.50', '-0.5', '999.99', '999.995', '+7', '.5', '1.5000', '1e2', '0012']],
  ['DECIMAL(3,0)', decimal(0), ['1', '999', '1000', '1.', '1.0', '-0', '007', '1.5']],
  [
    'DATE',
    'strlen(x) = 10',
    [
      '2024-02-29',
      '2023-02-29',
      '0001-01-01',
      '9999-12-31',
      '2024/02/03',
      '2024-2-3',
      '10000-01-01',
      'infinity',
      'epoch',
    ],
  ],
  [
    'TIME',
    `regexp_full_match(x, ${isoTime})`,
    ['07:00', '23:59:59.999999', '24:00:00', '24:00', '7:00', '07:00:00.1234567', '07:00:00+02'],
  ],
  [
    'TIMESTAMP',
    `x LIKE '____-__-_____:__:__' OR regexp_full_match(x, '.{16}(:[0-9]{2}([.][0-9]{1,6})?)?')`,
    [
      '2024-02-29 07:00:00',
      '2024-02-29T07:00',
      '2024-02-29 07:00:00.5',
      '2024-02-29 07:00:00Z',
      '2024-02-29 24:00:00',
      '2024-02-29',
      '2024-02-29 07:00+02',
      '294247-01-10 04:00',
      'infinity',
    ],
  ],
  [
    'DATE',
    fullYear,
    ['29/02/2024', '29/02/2023', '1/2/2024', '31/12/9999', '01/01/0001', '01/02/24', 'infinity', 'epoch'],
    { dateFormat: dayFirst },
  ],
  [
    'DATE',
    `regexp_matches(x, '[0-9]')`,
    ['29/02/24', '1/2/24', '-infinity', 'epoch'],
    { dateFormat: '%d/%m/%y' },
  ],
  [
    'TIMESTAMP',
    fullYear,
    ['29/02/2024', '29/02/2023', 'infinity', ' 01/02/2024'],
    { timestampFormat: dayFirst },
  ],
];

function decimal(scale: number): string {
  return `v::VARCHAR = x OR regexp_full_match(x, '[+-]?[0-9]*([.][0-9]{0,${scale}}0*)?')`;
}

/** Texts at the border of a type: typical ones, with up to three characters put in, taken out or exchanged. */
function nearly(typical: readonly string[]): fc.Arbitrary<string> {
  const character = fc.constantFrom(...'0019.-+_eE :TZx/,\t\u00a0ü'.split(''));
  const change = fc.record({ at: fc.nat(20), taken: fc.nat(1), put: fc.option(character, { nil: '' }) });
  return fc
    .tuple(fc.constantFrom(...typical), fc.array(change, { maxLength: 3 }))
    .map(([text, changes]) =>
      changes.reduce((now, { at, taken, put }) => now.slice(0, at) + put + now.slice(at + taken), text),
    );
}

describe('the type of a text column', () => {
  const engine = useEngine();
  // What would end the query is NULL here, so that one query tells of many texts.
  before(() => engine.session().execute('CREATE MACRO error(text) AS NULL'));

  for (const [type, rule, typical, formats = {}] of rules) {
    const format = formats.dateFormat ?? formats.timestampFormat;
    it(`takes for ${type}${format === undefined ? '' : ` by ${format}`} what its rule says`, async () => {
      const [column] = typedColumns([{ name: 'x', type }], formats);
      const value =
        format === undefined
          ? `TRY_CAST(x AS ${type})`
          : `CAST(try_strptime(x, ${quoteLiteral(format)}) AS ${type})`;
      const differences = (texts: readonly string[]) => `
        SELECT x, (${column!.converted.replace(/ AS "x"$/, '')})::VARCHAR AS taken,
          CASE WHEN v IS NOT NULL AND (${rule}) THEN v END::VARCHAR AS expected
        FROM (SELECT *, ${value} AS v${column!.attempt === undefined ? '' : `, ${column!.attempt}`}
          FROM (SELECT unnest([${texts.map(quoteLiteral).join(', ')}]) AS x, 'f' AS _file, 1 AS _row))
        WHERE taken IS DISTINCT FROM expected`;
      await fc.assert(
        fc.asyncProperty(fc.array(nearly(typical), { minLength: 150, maxLength: 300 }), async (texts) => {
          const { rows } = await engine.session().rows(differences([...typical, ...texts]));
          assert.deepEqual(rows, []);
        }),
        { numRuns: isDeep ? 500 : 8 },
      );
    });
  }

  it('is found beside columns named like its helpers', async () => {
    const names = ['value of x', 'x', '_VALUE OF x'];
    const columns = typedColumns(
      names.map((name) => ({ name, type: 'BIGINT' })),
      {},
    );
    const attempts = columns.map(({ attempt }) => attempt).join(', ');
    const texts = names.map((name, index) => `'${index}' AS "${name}"`).join(', ');
    const { rows } = await engine.session().rows(
      `SELECT ${columns.map(({ converted }) => converted).join(', ')}
       FROM (SELECT *, ${attempts} FROM (SELECT ${texts}, 'f' AS _file, 1 AS _row))`,
    );
    assert.deepEqual(rows, [[0, 1, 2]]);
  });
});
