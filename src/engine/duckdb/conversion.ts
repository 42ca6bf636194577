import { type DuckDBType, DuckDBTypeId, quotedIdentifier, quotedString } from '@duckdb/node-api';
import { isUnnamed, typeName } from './types.js';

/** `TRY_CAST` gives NULL for a value that does not fit, `CAST` an error. */
export type Cast = 'CAST' | 'TRY_CAST';

/**
 * The SQL that turns `expression` of type `from` into type `to`, which {@link rewriteType} made of it.
 * Where the engine has a cast it is one, else the value is taken apart and put together again.
 */
export function conversion(
  expression: string,
  from: DuckDBType,
  to: DuckDBType,
  cast: Cast = 'CAST',
): string {
  return convert(expression, from, to, { cast, depth: 0 });
}

/**
 * The SQL that turns `expression`, a value of type `from` stored as `to`, into that value again. Undefined where no
 * cast leads back: of a union its tag is text by now, of a geometry only bytes are left, of `row(…)` names are new.
 */
export function restoration(expression: string, from: DuckDBType, to: DuckDBType): string | undefined {
  if (from === to) return expression;
  return hasCast(from, to) ? `CAST(${expression} AS ${typeName(from)})` : undefined;
}

interface Context {
  readonly cast: Cast;
  /** How many lambdas are around the expression: each needs a name of its own. */
  readonly depth: number;
}

function convert(expression: string, from: DuckDBType, to: DuckDBType, context: Context): string {
  if (from === to) return expression;
  if (hasCast(from, to)) return `${context.cast}(${expression} AS ${typeName(to)})`;
  if (from.typeId === DuckDBTypeId.GEOMETRY) return `ST_AsWKB(${expression})`;
  if (from.typeId === DuckDBTypeId.VARIANT) {
    return `CASE WHEN ${expression} IS NOT NULL THEN CAST(${expression} AS JSON) END`;
  }
  if (isListLike(from) && isListLike(to)) {
    return mapped(expression, context, (item, inner) => convert(item, from.valueType, to.valueType, inner));
  }
  if (from.typeId === DuckDBTypeId.MAP && to.typeId === DuckDBTypeId.MAP) {
    const entries = mapped(`map_entries(${expression})`, context, (entry, inner) => {
      const key = convert(`${entry}.key`, from.keyType, to.keyType, inner);
      const value = convert(`${entry}.value`, from.valueType, to.valueType, inner);
      return `struct_pack(key := ${key}, value := ${value})`;
    });
    return `map_from_entries(${entries})`;
  }
  if (from.typeId === DuckDBTypeId.STRUCT && to.typeId === DuckDBTypeId.STRUCT) {
    const values = from.entryTypes.map((type, index) => {
      const field = fieldOf(expression, isUnnamed(from) ? undefined : from.entryNames[index], index);
      return convert(field, type, to.entryTypes[index] ?? type, context);
    });
    return packed(expression, to.entryNames, values);
  }
  if (from.typeId === DuckDBTypeId.UNION && to.typeId === DuckDBTypeId.STRUCT) {
    const values = from.memberTypes.map((type, index) => {
      const member = `union_extract(${expression}, ${quotedString(from.memberTags[index] ?? '')})`;
      return convert(member, type, to.entryTypes[index + 1] ?? type, context);
    });
    return packed(expression, to.entryNames, [`CAST(union_tag(${expression}) AS VARCHAR)`, ...values]);
  }
  return `${context.cast}(${expression} AS ${typeName(to)})`;
}

/**
 * Whether one cast of the engine does it all. None leads from a union to a struct or from a geometry to its
 * bytes; that from VARIANT to JSON makes the text `null` of NULL.
 */
function hasCast(from: DuckDBType, to: DuckDBType): boolean {
  if (from === to || (to.typeId === DuckDBTypeId.VARCHAR && to.alias === undefined)) return true;
  if (isListLike(from) && isListLike(to)) return hasCast(from.valueType, to.valueType);
  if (from.typeId === DuckDBTypeId.MAP && to.typeId === DuckDBTypeId.MAP) {
    return hasCast(from.keyType, to.keyType) && hasCast(from.valueType, to.valueType);
  }
  if (from.typeId === DuckDBTypeId.STRUCT && to.typeId === DuckDBTypeId.STRUCT) {
    return (
      !isUnnamed(from) && from.entryTypes.every((type, index) => hasCast(type, to.entryTypes[index] ?? type))
    );
  }
  if (from.typeId === DuckDBTypeId.UNION && to.typeId === DuckDBTypeId.UNION) return true;
  return !withoutCast.has(from.typeId);
}

const withoutCast: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.UNION,
  DuckDBTypeId.GEOMETRY,
  DuckDBTypeId.VARIANT,
]);

function isListLike(type: DuckDBType) {
  return type.typeId === DuckDBTypeId.LIST || type.typeId === DuckDBTypeId.ARRAY;
}

function mapped(
  list: string,
  context: Context,
  convertItem: (item: string, inner: Context) => string,
): string {
  const item = `item_${context.depth + 1}`;
  const body = convertItem(item, { ...context, depth: context.depth + 1 });
  return `list_transform(${list}, lambda ${item}: ${body})`;
}

function fieldOf(expression: string, name: string | undefined, index: number): string {
  return name === undefined
    ? `struct_extract_at(${expression}, ${index + 1})`
    : `struct_extract(${expression}, ${quotedString(name)})`;
}

/** A struct that is NULL where the value it is made of is, instead of a struct of NULLs. */
function packed(expression: string, names: readonly string[], values: readonly string[]): string {
  const fields = values.map((value, index) => `${quotedIdentifier(names[index] ?? '')} := ${value}`);
  return `CASE WHEN ${expression} IS NULL THEN NULL ELSE struct_pack(${fields.join(', ')}) END`;
}
