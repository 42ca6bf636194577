/** What becomes of one of DuckDB's types in a file. */
export interface TypeRow {
  /** As the engine names it. */
  readonly type: string;
  readonly storedAs: string;
  /** Inside LIST, STRUCT and MAP, where it differs. */
  readonly nestedAs?: string;
  /** Values in SQL, extremes among them; NULL comes on its own. */
  readonly values: readonly string[];
  /** Turns what was read back into the type again. Absent: a cast. */
  readonly back?: (stored: string) => string;
  /** The same for a value inside another, where it differs. */
  readonly nestedBack?: (stored: string) => string;
  /** How the original is seen inside another, where not as itself. */
  readonly nestedFront?: (original: string) => string;
  /** The values have a type already and can't be cast to it by name. */
  readonly typed?: true;
}

const union = 'UNION("num" INTEGER, "str" VARCHAR)';
const asItIs = (stored: string): string => stored;
const kept = (type: string, ...values: string[]): TypeRow => ({ type, storedAs: type, values });
const as = (storedAs: string, type: string, ...values: string[]): TypeRow => ({ type, storedAs, values });

export const typeTable: readonly TypeRow[] = [
  kept('BOOLEAN', 'true', 'false'),
  kept('TINYINT', '-128', '127'),
  kept('SMALLINT', '-32768', '32767'),
  kept('INTEGER', '-2147483648', '2147483647'),
  kept('BIGINT', '-9223372036854775808', '9223372036854775807'),
  kept('UTINYINT', '0', '255'),
  kept('USMALLINT', '0', '65535'),
  kept('UINTEGER', '0', '4294967295'),
  kept('UBIGINT', '0', '18446744073709551615'),
  as('BIGINT', 'HUGEINT', '-9223372036854775808', '9223372036854775807', '9007199254740993'),
  as('BIGINT', 'UHUGEINT', '0', '9223372036854775807', '9007199254740993'),
  kept('FLOAT', "'nan'", "'inf'", "'-inf'", "'-0.0'", "'1e-45'", "'3.4028235e38'", '0.1'),
  kept('DOUBLE', "'nan'", "'inf'", "'-inf'", "'-0.0'", "'5e-324'", "'1.7976931348623157e308'", '0.1'),
  kept('DECIMAL(4,1)', '-999.9', '999.9', '0'),
  kept('DECIMAL(9,2)', '-9999999.99', '9999999.99'),
  kept('DECIMAL(18,3)', '-999999999999999.999', '999999999999999.999'),
  kept('DECIMAL(38,10)', "'-9999999999999999999999999999.9999999999'", "'0.0000000001'"),
  kept('VARCHAR', "''", "'é 漢 🙂 \"'''", "'a' || chr(0) || 'b'", "repeat('x', 100000)"),
  kept('JSON', '\'{"a": [1, null]}\'', "'null'", '\'""\''),
  kept('BLOB', "''", "'\\x00\\xFFa'"),
  kept('UUID', "'00000000-0000-0000-0000-000000000000'", "'ffffffff-ffff-ffff-ffff-ffffffffffff'"),
  as('VARCHAR', 'BIT', "'0'", "'0101011101010101011'"),
  as('VARCHAR', 'BIGNUM', "'-170141183460469231731687303715884105728000'", "'0'"),
  as('VARCHAR', "ENUM('b', 'a')", "'b'", "'a'"),
  kept('DATE', "'infinity'", "'-infinity'", "'4713-01-01 (BC)'", "'200000-12-31'", "'1970-01-01'"),
  kept('TIME', "'00:00:00'", "'23:59:59.999999'", "'24:00:00'"),
  as('VARCHAR', 'TIME_NS', "'00:00:00'", "'23:59:59.999999999'"),
  as('VARCHAR', 'TIME WITH TIME ZONE', "'00:00:00+15:59:59'", "'12:34:56.789-08'"),
  kept(
    'TIMESTAMP',
    "'infinity'",
    "'-infinity'",
    "'290309-12-22 (BC) 00:00:00'",
    "'2020-02-29 23:59:59.999999'",
  ),
  as('TIMESTAMP', 'TIMESTAMP_S', "'infinity'", "'-infinity'", "'2020-02-29 23:59:59'"),
  as('TIMESTAMP', 'TIMESTAMP_MS', "'infinity'", "'2020-02-29 23:59:59.999'"),
  kept('TIMESTAMP_NS', "'infinity'", "'1677-09-22 00:00:00'", "'2020-02-29 23:59:59.999999999'"),
  kept(
    'TIMESTAMP WITH TIME ZONE',
    "'infinity'",
    "'2020-06-01 12:00:00+05:30'",
    "'0044-03-15 (BC) 00:00:00+00'",
  ),
  as(
    'VARCHAR',
    'INTERVAL',
    "'1 month -2 days 00:00:00.000001'",
    "'-1 microsecond'",
    "'178956970 years 7 months'",
  ),
  kept('INTEGER[]', '[]', '[1, NULL, 3]'),
  { ...as('INTEGER[]', 'INTEGER[2]', '[1, NULL]'), back: (stored) => `CAST(${stored} AS INTEGER[2])` },
  kept('STRUCT("a b" INTEGER, "c" VARCHAR)', "{'a b': 1, 'c': NULL}"),
  {
    type: 'STRUCT("" INTEGER, "" VARCHAR)',
    storedAs: 'STRUCT("_1" INTEGER, "_2" VARCHAR)',
    values: ["row(1, 'x')"],
    back: (stored) => `CASE WHEN ${stored} IS NOT NULL THEN row(${stored}._1, ${stored}._2) END`,
    typed: true,
  },
  kept('MAP(VARCHAR, INTEGER)', 'map {}', "map {'k': NULL, 'l': 2}"),
  {
    type: union,
    storedAs: 'STRUCT("tag" VARCHAR, "num" INTEGER, "str" VARCHAR)',
    values: [`union_value(num := 1)::${union}`, `'x'::${union}`],
    back: (stored) =>
      `CASE ${stored}.tag WHEN 'num' THEN ${stored}.num::${union} WHEN 'str' THEN ${stored}.str::${union} END`,
    typed: true,
  },
  {
    ...as('BLOB', 'GEOMETRY', "'POINT (1 2)'", "'LINESTRING (0 0, 1 1)'"),
    back: (stored) => `ST_GeomFromWKB(${stored})`,
  },
  {
    ...kept('VARIANT', '42', "{'x': [1, NULL]}"),
    nestedAs: 'JSON',
    nestedBack: asItIs,
    nestedFront: (original) => `CASE WHEN ${original} IS NOT NULL THEN CAST(${original} AS JSON) END`,
  },
];
