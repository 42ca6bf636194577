/**
 * The names of types that DuckDB 1.5.5 has by itself, in lower case. `test/unit/sql/functions.test.ts`
 * holds the list against the engine's catalog.
 */
const builtInTypes: ReadonlySet<string> = new Set([
  ...[
    'array',
    'bigint',
    'bignum',
    'binary',
    'bit',
    'bitstring',
    'blob',
    'bool',
    'boolean',
    'bpchar',
    'bytea',
  ],
  ...[
    'char',
    'date',
    'datetime',
    'dec',
    'decimal',
    'double',
    'enum',
    'float',
    'float4',
    'float8',
    'geometry',
  ],
  ...[
    'guid',
    'hugeint',
    'int',
    'int1',
    'int128',
    'int16',
    'int2',
    'int32',
    'int4',
    'int64',
    'int8',
    'integer',
  ],
  ...['integral', 'interval', 'json', 'list', 'logical', 'long', 'map', 'null', 'numeric', 'nvarchar', 'oid'],
  ...[
    'real',
    'row',
    'short',
    'signed',
    'smallint',
    'string',
    'struct',
    'text',
    'time',
    'time with time zone',
  ],
  ...['time_ns', 'timestamp', 'timestamp with time zone', 'timestamp_ms', 'timestamp_ns', 'timestamp_s'],
  ...['timestamp_us', 'timestamptz', 'timetz', 'tinyint', 'type', 'ubigint', 'uhugeint', 'uint128', 'uint16'],
  ...[
    'uint32',
    'uint64',
    'uint8',
    'uinteger',
    'union',
    'usmallint',
    'utinyint',
    'uuid',
    'varbinary',
    'varchar',
  ],
  ...['variant', 'varint', 'character varying', 'any'],
]);

/** Tells whether a type's name is the engine's own and not made by CREATE TYPE. */
export function isBuiltInType(name: string): boolean {
  return builtInTypes.has(name.toLowerCase());
}
