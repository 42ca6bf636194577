import {
  ARRAY,
  type DuckDBArrayType,
  type DuckDBListType,
  type DuckDBMapType,
  DuckDBStructType,
  type DuckDBType,
  DuckDBTypeId,
  DuckDBUnionType,
  LIST,
  MAP,
  quotedIdentifier,
} from '@duckdb/node-api';

/** What a type becomes; undefined where it stays. `nested`: inside a LIST, ARRAY, STRUCT, MAP or UNION. */
export type TypeRule = (type: DuckDBType, nested: boolean) => DuckDBType | undefined;

/** The type in SQL that the engine reads back, as `STRUCT("a" JSON[])`. A name of one's own shows what it stands for. */
export function typeName(type: DuckDBType): string {
  if (type.alias === 'JSON') return 'JSON';
  switch (type.typeId) {
    case DuckDBTypeId.LIST:
      return `${typeName(type.valueType)}[]`;
    case DuckDBTypeId.ARRAY:
      return `${typeName(type.valueType)}[${type.length}]`;
    case DuckDBTypeId.MAP:
      return `MAP(${typeName(type.keyType)}, ${typeName(type.valueType)})`;
    case DuckDBTypeId.STRUCT:
      return `STRUCT(${fields(type.entryNames, type.entryTypes)})`;
    case DuckDBTypeId.UNION:
      return `UNION(${fields(type.memberTags, type.memberTypes)})`;
    default:
      return type.toString();
  }
}

/** A struct made by `row(…)`: its fields have places, no names. */
export function isUnnamed(type: DuckDBStructType): boolean {
  return type.entryNames.every((name) => name === '');
}

/** Applies a rule to a type, innermost parts first. Returns the same object where nothing changes. */
export function rewriteType(type: DuckDBType, rule: TypeRule, nested = false): DuckDBType {
  const rewritten = rewriteParts(type, (part) => rewriteType(part, rule, true));
  return rule(rewritten, nested) ?? rewritten;
}

function rewriteParts(type: DuckDBType, rewrite: (part: DuckDBType) => DuckDBType): DuckDBType {
  switch (type.typeId) {
    case DuckDBTypeId.LIST:
      return rewriteOne(type, rewrite, LIST);
    case DuckDBTypeId.ARRAY:
      return rewriteOne(type, rewrite, (value) => ARRAY(value, type.length));
    case DuckDBTypeId.MAP: {
      const key = rewrite(type.keyType);
      const value = rewrite(type.valueType);
      return key === type.keyType && value === type.valueType ? type : MAP(key, value);
    }
    case DuckDBTypeId.STRUCT: {
      const types = type.entryTypes.map(rewrite);
      return isSame(types, type.entryTypes) ? type : new DuckDBStructType(type.entryNames, types);
    }
    case DuckDBTypeId.UNION: {
      const types = type.memberTypes.map(rewrite);
      return isSame(types, type.memberTypes) ? type : new DuckDBUnionType(type.memberTags, types);
    }
    default:
      return type;
  }
}

function rewriteOne<T extends DuckDBListType | DuckDBArrayType | DuckDBMapType>(
  type: T,
  rewrite: (part: DuckDBType) => DuckDBType,
  make: (value: DuckDBType) => DuckDBType,
): DuckDBType {
  const value = rewrite(type.valueType);
  return value === type.valueType ? type : make(value);
}

function isSame(left: readonly DuckDBType[], right: readonly DuckDBType[]): boolean {
  return left.every((type, index) => type === right[index]);
}

function fields(names: readonly string[], types: readonly DuckDBType[]): string {
  return types.map((type, index) => `${quotedIdentifier(names[index] ?? '')} ${typeName(type)}`).join(', ');
}
