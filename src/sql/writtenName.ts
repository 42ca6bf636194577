import { quoteIdentifier } from './names.js';

/**
 * The words that DuckDB 1.5.5 takes as a column's name in quotes alone, in lower case: the categories `reserved`
 * and `type_function` of `duckdb_keywords()`. `test/unit/sql/writtenName.test.ts` holds the list against it.
 */
const reserved: ReadonlySet<string> = new Set([
  ...words(
    'all analyse analyze and any array as asc asymmetric both case cast check collate column constraint',
  ),
  ...words(
    'create default deferrable desc describe distinct do else end except false fetch for foreign from',
  ),
  ...words(
    'group having in initially intersect into lambda lateral leading limit not null offset on only or',
  ),
  ...words(
    'order pivot pivot_longer pivot_wider placing primary qualify references returning select show some',
  ),
  ...words('summarize symmetric table then to trailing true union unique unpivot using variadic when where'),
  ...words(
    'window with anti asof at authorization binary by collation columns concurrently cross freeze full',
  ),
  ...words(
    'generated glob ilike inner is isnull join left like map natural notnull outer overlaps positional',
  ),
  ...words('right semi similar struct tablesample try_cast unpack verbose'),
]);

function words(list: string): readonly string[] {
  return list.split(' ');
}

/** Tells whether a bare word can't be a name. */
export function isReservedWord(word: string): boolean {
  return reserved.has(word.toLowerCase());
}

/** A name as a person writes it in SQL: quoted only where it must be. */
export function writtenName(name: string): string {
  const isPlain = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && !isReservedWord(name);
  return isPlain ? name : quoteIdentifier(name);
}
