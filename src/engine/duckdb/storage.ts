import {
  BIGINT,
  BLOB,
  DECIMAL,
  DuckDBStructType,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBUnionType,
  DuckDBVarCharType,
  LIST,
  TIMESTAMP,
  VARCHAR,
} from '@duckdb/node-api';
import { isUnnamed, rewriteType } from './types.js';

/**
 * The storage rules: the type under which a Parquet file keeps a column, a function of the query's type
 * alone, never of values. Types that the file keeps as they are come back as the same object.
 * `docs/types.md` lists them all.
 */
export function storedType(type: DuckDBType): DuckDBType {
  return rewriteType(type, storageRule);
}

/** Whether a value of the type may have no place in its stored type. */
export function mayOverflow(type: DuckDBType): boolean {
  let found = false;
  rewriteType(type, (part) => {
    found ||= narrowed.has(part.typeId);
    return undefined;
  });
  return found;
}

/** A type like this one for values that BIGINT can't hold: 38 digits. */
export function widerType(type: DuckDBType): DuckDBType {
  return rewriteType(type, ({ typeId }) => (narrowed.has(typeId) ? DECIMAL(38, 0) : undefined));
}

/** Gives the fields of `row(…)` names, which tables and files need: `_1`, `_2`, … */
export function namedFields(type: DuckDBType): DuckDBType | undefined {
  if (type.typeId !== DuckDBTypeId.STRUCT || !isUnnamed(type)) return undefined;
  return new DuckDBStructType(
    type.entryNames.map((_, index) => `_${index + 1}`),
    type.entryTypes,
  );
}

const json = new DuckDBVarCharType('JSON');

const narrowed: ReadonlySet<DuckDBTypeId> = new Set([DuckDBTypeId.HUGEINT, DuckDBTypeId.UHUGEINT]);

function storageRule(type: DuckDBType, nested: boolean): DuckDBType | undefined {
  switch (type.typeId) {
    // As they are, the writer makes a DOUBLE of them: silently wrong above 2^53.
    case DuckDBTypeId.HUGEINT:
    case DuckDBTypeId.UHUGEINT:
      return BIGINT;
    // As they are, microseconds are cut to milliseconds, negative ones fail; TIMETZ is shifted to UTC.
    case DuckDBTypeId.INTERVAL:
    case DuckDBTypeId.TIME_TZ:
      return VARCHAR;
    // The writer makes text of these without being asked; said openly, the schema tells it.
    case DuckDBTypeId.BIT:
    case DuckDBTypeId.BIGNUM:
    case DuckDBTypeId.TIME_NS:
    case DuckDBTypeId.ENUM:
      return VARCHAR;
    // As it is, infinity of TIMESTAMP_S fails; read back, both are TIMESTAMP.
    case DuckDBTypeId.TIMESTAMP_S:
    case DuckDBTypeId.TIMESTAMP_MS:
      return TIMESTAMP;
    case DuckDBTypeId.ARRAY:
      return LIST(type.valueType);
    case DuckDBTypeId.UNION:
      return structOfUnion(type);
    case DuckDBTypeId.STRUCT:
      return namedFields(type);
    // As it is, a coordinate system is added that nobody gave it.
    case DuckDBTypeId.GEOMETRY:
      return BLOB;
    // The writer takes a VARIANT as a column only.
    case DuckDBTypeId.VARIANT:
      return nested ? json : undefined;
    default:
      return undefined;
  }
}

/** The member's name comes first; the field that holds it is named so that no member is. */
function structOfUnion(type: DuckDBUnionType): DuckDBStructType {
  let tag = 'tag';
  while (type.memberTags.some((name) => name.toLowerCase() === tag)) tag = `_${tag}`;
  return new DuckDBStructType([tag, ...type.memberTags], [VARCHAR, ...type.memberTypes]);
}
