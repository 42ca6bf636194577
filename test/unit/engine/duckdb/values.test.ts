import assert from 'node:assert/strict';
import type { Json } from '../../../../src/protocol/json.js';
import { useEngine } from './harness.js';

describe('a value as JSON', () => {
  const harness = useEngine();

  /** SQL, the value it gives, the name of its type. */
  const cases: readonly (readonly [string, Json, string])[] = [
    ['NULL', null, 'INTEGER'],
    ['true', true, 'BOOLEAN'],
    ['9007199254740991', 9007199254740991, 'BIGINT'],
    ['-9007199254740992', '-9007199254740992', 'BIGINT'],
    ['9223372036854775807', '9223372036854775807', 'BIGINT'],
    ['18446744073709551615::UBIGINT', '18446744073709551615', 'UBIGINT'],
    ['sum(i)', 3, 'HUGEINT'],
    [
      "'340282366920938463463374607431768211455'::UHUGEINT",
      '340282366920938463463374607431768211455',
      'UHUGEINT',
    ],
    ['1.50', '1.50', 'DECIMAL(3,2)'],
    ['0.1::DOUBLE', 0.1, 'DOUBLE'],
    ["'nan'::DOUBLE", 'NaN', 'DOUBLE'],
    ["'-inf'::FLOAT", '-Infinity', 'FLOAT'],
    ["'ü' || chr(0)", 'ü\0', 'VARCHAR'],
    ['\'{"a": 1}\'::JSON', '{"a": 1}', 'JSON'],
    ["'\\xAA\\x00hi'::BLOB", '\\xAA\\x00hi', 'BLOB'],
    ["'b'::ENUM('a', 'b')", 'b', "ENUM('a', 'b')"],
    ["'101'::BIT", '101', 'BIT'],
    ["'123456789012345678901234567890'::BIGNUM", '123456789012345678901234567890', 'BIGNUM'],
    ["'123e4567-e89b-12d3-a456-426614174000'::UUID", '123e4567-e89b-12d3-a456-426614174000', 'UUID'],
    ["DATE '-infinity'", '-infinity', 'DATE'],
    ["DATE '0044-03-15 (BC)'", '0044-03-15 (BC)', 'DATE'],
    ["TIME '12:34:56.789'", '12:34:56.789', 'TIME'],
    ["'12:34:56.123456789'::TIME_NS", '12:34:56.123456789', 'TIME_NS'],
    ["'12:00:00+05:30'::TIMETZ", '12:00:00+05:30', 'TIME WITH TIME ZONE'],
    ["TIMESTAMP 'infinity'", 'infinity', 'TIMESTAMP'],
    ["TIMESTAMP '2020-02-29 12:00:00'", '2020-02-29 12:00:00', 'TIMESTAMP'],
    ["'2020-02-29 12:00:00.000000001'::TIMESTAMP_NS", '2020-02-29 12:00:00.000000001', 'TIMESTAMP_NS'],
    ["TIMESTAMPTZ '2020-06-01 12:00:00+02'", '2020-06-01 10:00:00+00', 'TIMESTAMP WITH TIME ZONE'],
    ["INTERVAL '1 month -2 days 3 seconds'", '1 month -2 days 00:00:03', 'INTERVAL'],
    ["[DATE '2020-01-01', NULL]", ['2020-01-01', null], 'DATE[]'],
    ['[1, 2]::INTEGER[2]', [1, 2], 'INTEGER[2]'],
    ["{'a b': 1, 'j': ['{}'::JSON]}", { 'a b': 1, j: ['{}'] }, 'STRUCT("a b" INTEGER, "j" JSON[])'],
    [
      "row(1, row(DATE '2020-01-01'))",
      { _1: 1, _2: { _1: '2020-01-01' } },
      'STRUCT("" INTEGER, "" STRUCT("" DATE))',
    ],
    ["map {TIME '01:00:00': 1.0}", [{ key: '01:00:00', value: '1.0' }], 'MAP(TIME, DECIMAL(2,1))'],
    ["union_value(d := DATE 'infinity')", { tag: 'd', value: 'infinity' }, 'UNION("d" DATE)'],
    ["'POINT (1 2)'::GEOMETRY", 'POINT (1 2)', 'GEOMETRY'],
    ["{'x': [1]}::VARIANT", "{'x': [1]}", 'VARIANT'],
  ];

  for (const [expression, value, type] of cases) {
    it(`of ${type}: ${expression}`, async () => {
      const query = `SELECT ${expression} AS v FROM range(3) t(i) GROUP BY ALL LIMIT 1`;
      const { columns, rows } = await harness.session.rows(query);
      assert.deepEqual([columns, rows], [[{ name: 'v', type }], [[value]]]);
      assert.deepEqual((await harness.session.firstRows(query, 1)).rows, [[value]]);
    });
  }
});
