import assert from 'node:assert/strict';
import fc from 'fast-check';
import { useEngine } from './harness.js';

describe('any value in a Parquet file', () => {
  const harness = useEngine();
  const runs = { numRuns: process.env.RATATOUILLE_DEEP === '1' ? 500 : 15 };

  const digits = fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n });
  const anyValue: Readonly<Record<string, fc.Arbitrary<string>>> = {
    BIGINT: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
    HUGEINT: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
    'DECIMAL(38,9)': digits.map((value) => decimal(value, 9)),
    VARCHAR: fc.string({ unit: 'binary' }),
    DOUBLE: fc.double().map(String),
    TIMESTAMP: fc
      .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
      .map(isoTime),
    INTERVAL: fc
      .tuple(
        fc.integer({ min: -9999, max: 9999 }),
        fc.integer({ min: -9999, max: 9999 }),
        fc.maxSafeInteger(),
      )
      .map(([months, days, micros]) => `${months} months ${days} days ${micros} microseconds`),
  };

  for (const [type, values] of Object.entries(anyValue)) {
    it(`any ${type} comes back from a file as it was`, () =>
      fc.assert(
        fc.asyncProperty(fc.array(fc.option(values), { minLength: 1, maxLength: 50 }), (rows) =>
          survives(type, rows),
        ),
        runs,
      ));
  }

  async function survives(type: string, values: readonly (string | null)[]): Promise<void> {
    const literals = values.map((value, id) => `(${id}, ${value === null ? 'NULL' : literal(value)})`);
    const originals = `SELECT id, CAST(v AS ${type}) AS v FROM (VALUES ${literals.join(', ')}) AS t(id, v)`;
    const { kept } = await harness.session.writeParquet({
      select: `SELECT id, v, [v] AS l FROM (${originals})`,
      directory: harness.directory(),
    });
    const { rows } = await harness.session.rows(
      `SELECT o.v::VARCHAR, s.v::VARCHAR FROM (${originals}) o JOIN read_parquet('${kept.path}') s USING (id)
     WHERE o.v::VARCHAR IS DISTINCT FROM s.v::VARCHAR OR o.v::VARCHAR IS DISTINCT FROM s.l[1]::VARCHAR`,
    );
    assert.deepEqual([kept.rows, rows], [values.length, []]);
  }

  /** A NUL character would end the text of a statement. */
  function literal(value: string): string {
    return value
      .split('\0')
      .map((part) => `'${part.replaceAll("'", "''")}'`)
      .join(' || chr(0) || ');
  }

  function decimal(value: bigint, scale: number): string {
    const text = String(value < 0n ? -value : value).padStart(scale + 1, '0');
    return `${value < 0n ? '-' : ''}${text.slice(0, -scale)}.${text.slice(-scale)}`;
  }

  function isoTime(date: Date): string {
    return date.toISOString().replace('T', ' ').replace('Z', '');
  }
});
