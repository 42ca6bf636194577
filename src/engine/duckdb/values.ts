import {
  DuckDBArrayValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  type DuckDBType,
  DuckDBTypeId,
  DuckDBUnionValue,
  type DuckDBValue,
  VARCHAR,
} from '@duckdb/node-api';
import type { Json } from '../../protocol/json.js';
import { namedFields } from './storage.js';
import { rewriteType } from './types.js';

/**
 * Types whose values the engine itself must print: only it knows the session's time zone, infinity and
 * the calendar before year 1.
 */
const printedByEngine: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.DATE,
  DuckDBTypeId.TIME,
  DuckDBTypeId.TIME_NS,
  DuckDBTypeId.TIME_TZ,
  DuckDBTypeId.TIMESTAMP,
  DuckDBTypeId.TIMESTAMP_S,
  DuckDBTypeId.TIMESTAMP_MS,
  DuckDBTypeId.TIMESTAMP_NS,
  DuckDBTypeId.TIMESTAMP_TZ,
  DuckDBTypeId.INTERVAL,
  DuckDBTypeId.GEOMETRY,
  DuckDBTypeId.VARIANT,
]);

/** The type in which a column is fetched to be encoded: that of the query, with text where the engine prints. */
export function fetchedType(type: DuckDBType): DuckDBType {
  return rewriteType(type, (part) => (printedByEngine.has(part.typeId) ? VARCHAR : namedFields(part)));
}

/**
 * A value as `TableBlock.rows` has it: a number where a double holds it exactly, text for greater integers,
 * decimals, UUIDs, bits, bytes (`\xAA`), NaN and the infinities. LIST and ARRAY are arrays, STRUCT is an
 * object, MAP is `[{key, value}]`, UNION is `{tag, value}`.
 */
export function encodeValue(value: DuckDBValue): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return encodeInteger(value);
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) {
    return value.items.map(encodeValue);
  }
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(
      Object.entries(value.entries).map(([name, field]) => [name, encodeValue(field)]),
    );
  }
  if (value instanceof DuckDBMapValue) {
    return value.entries.map((entry) => ({ key: encodeValue(entry.key), value: encodeValue(entry.value) }));
  }
  if (value instanceof DuckDBUnionValue) return { tag: value.tag, value: encodeValue(value.value) };
  return value.toString();
}

function encodeInteger(value: bigint): Json {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}
