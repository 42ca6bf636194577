import { type DuckDBType, DuckDBTypeId, quotedIdentifier } from '@duckdb/node-api';
import { ProblemError, problem } from '../../protocol/problem.js';
import type { StoredColumn } from '../engine.js';
import { conversion, restoration } from './conversion.js';
import type { Shape } from './statements.js';
import { mayOverflow, storedType, widerType } from './storage.js';
import { typeName } from './types.js';

/** A column of a query on its way into a file. */
export interface StorageColumn {
  readonly name: string;
  readonly type: string;
  readonly storedAs: string;
  /** What to cast to where `overflow` happens. */
  readonly widerType: string;
  /** SQL over the query's column. */
  readonly converted: string;
  /** The same, with NULL for a value of the column that has no place in its stored type. */
  readonly attempted: string;
  /** The way back, SQL over the stored column; undefined where there is none. */
  readonly restored: string | undefined;
  /** `top`: such values are possible and become NULL in `attempted`; `inside`: they are parts of a value. */
  readonly overflow: 'never' | 'top' | 'inside';
}

/** Decides how each column of a query is stored. Throws a ProblemError `model.storage` for names that clash. */
export function columnsToStore({ names, types }: Shape): readonly StorageColumn[] {
  refuseDuplicates(names);
  return types.map((type, index) => columnToStore(names[index] ?? '', type));
}

/** The column as the port tells of it. */
export function asStored({ name, type, storedAs }: StorageColumn): StoredColumn {
  return storedAs === type ? { name, type } : { name, type, storedAs };
}

/** The alias that gives a query in parentheses its own column names. */
export function sourceOf(columns: readonly StorageColumn[]): string {
  return `query(${columns.map(({ name }) => quotedIdentifier(name)).join(', ')})`;
}

function columnToStore(name: string, type: DuckDBType): StorageColumn {
  const stored = storedType(type);
  const column = quotedIdentifier(name);
  const isNested = nestedTypes.has(type.typeId);
  return {
    name,
    type: typeName(type),
    storedAs: typeName(stored),
    widerType: typeName(widerType(type)),
    converted: conversion(column, type, stored),
    attempted: conversion(column, type, stored, 'TRY_CAST'),
    restored: restoration(column, type, stored),
    overflow: mayOverflow(type) ? (isNested ? 'inside' : 'top') : 'never',
  };
}

const nestedTypes: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.LIST,
  DuckDBTypeId.ARRAY,
  DuckDBTypeId.STRUCT,
  DuckDBTypeId.MAP,
  DuckDBTypeId.UNION,
]);

function refuseDuplicates(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name.toLowerCase())) {
      throw new ProblemError(
        problem('model.storage', `Two columns are named "${name}"`, {
          hint: 'Give one of them another name with AS; names are compared without case',
        }),
      );
    }
    seen.add(name.toLowerCase());
  }
}
