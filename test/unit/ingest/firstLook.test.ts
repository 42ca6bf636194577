import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ProblemError } from '../../../src/protocol/problem.js';
import { LandingFixture, type LandingRows, readLanding, useEngine } from './landingFixture.js';

const deep = process.env.RATATOUILLE_DEEP === '1';

const texts = fc.oneof(
  fc.constantFrom(
    '',
    'Paris',
    'a,b',
    'a;b',
    "O'Neil",
    '5" nail',
    'two\nlines',
    '00123',
    '+43',
    'NA',
    '1.5',
    '7',
  ),
  fc.string({ unit: fc.constantFrom('a', '1', ' ', ',', ';', '|', '"', "'", '\n', '.', '-'), maxLength: 4 }),
);
const columns: Readonly<Record<string, fc.Arbitrary<string>>> = {
  id: fc.integer({ min: -5, max: 1_000_000 }).map(String),
  price: fc.integer({ min: 0, max: 99_999 }).map((cents) => (cents / 100).toFixed(2)),
  day: fc.constantFrom('2024-01-31', '2024-02-29', '', '31.01.2024'),
  flag: fc.constantFrom('true', 'false', ''),
  text: texts,
  other: texts,
};

const table = fc.subarray(Object.keys(columns), { minLength: 1 }).chain((names) =>
  fc.record({
    names: fc.constant(names),
    rows: fc.array(fc.tuple(...names.map((name) => columns[name] ?? texts)), { minLength: 1, maxLength: 12 }),
  }),
);

function print(rows: readonly (readonly string[])[], delimiter: string, lineEnd: string): string {
  const printed = (value: string) =>
    value.includes(delimiter) || /["\r\n]|^\s|^$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  return rows.map((row) => row.map(printed).join(delimiter) + lineEnd).join('');
}

describe('the first look at tables', function () {
  this.timeout(deep ? 600_000 : 60_000);
  const engine = useEngine();

  it('finds their shape and values, or says that it can not', async () => {
    let read = 0;
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n'),
        async ({ names, rows }, delimiter, lineEnd) => {
          const found = await look(print([names, ...rows], delimiter, lineEnd));
          if (found === undefined) return;
          read += 1;
          assert.deepEqual(
            found.rows.map((row) =>
              row.slice(0, -2).map((value, column) => comparable(value, found, column)),
            ),
            rows.map((row) => row.map((value, column) => comparable(value || null, found, column))),
          );
        },
      ),
      { numRuns: deep ? 3000 : 80 },
    );
    assert.ok(read > (deep ? 1500 : 20), `only ${read} were read`);
  });

  async function look(text: string): Promise<LandingRows | undefined> {
    const fixture = new LandingFixture({ 'a.csv': text });
    try {
      return await readLanding(fixture.landing(), '*', engine.session());
    } catch (error) {
      if (error instanceof ProblemError && error.problem.code === 'landing.file') return undefined;
      throw error;
    } finally {
      fixture.remove();
    }
  }
});

/** A text as it is; a number as a number, since `1.50` is stored as 1.5. */
function comparable(
  value: string | null,
  { columns: types }: LandingRows,
  column: number,
): string | number | null {
  return value !== null && /DOUBLE|BIGINT/.test(types[column] ?? '') ? Number(value) : value;
}
