import type { Json } from '../../protocol/json.js';
import type { TableBlock } from '../../protocol/result.js';

/** Where a row was read: a file of landing, and its line or its record's number. */
export type RowOrigin = { readonly path: string } & ({ readonly line: number } | { readonly row: number });

/** The column of a table whose values lead to the place that its rows were read from; undefined where none does. */
export function originColumn({ columns }: Pick<TableBlock, 'columns'>): number | undefined {
  const names = columns.map(({ name }) => name.toLowerCase());
  if (!names.includes('_file')) return undefined;
  const found = [isRejects(names) ? 'line' : '', '_row']
    .map((name) => names.indexOf(name))
    .find((at) => at >= 0);
  return found;
}

/** Where one of the shown rows was read; undefined where the row does not say it. */
export function originOf(table: TableBlock, index: number): RowOrigin | undefined {
  const row = table.rows[index];
  const names = table.columns.map(({ name }) => name.toLowerCase());
  const value = (name: string): Json => row?.[names.indexOf(name)] ?? null;
  const path = value('_file');
  if (typeof path !== 'string' || path === '') return undefined;
  const line = isRejects(names) ? wholeNumber(value('line')) : undefined;
  if (line !== undefined) return { path, line };
  const record = wholeNumber(value('_row'));
  return record === undefined ? undefined : { path, row: record };
}

/** A column `line` of somebody's own table means something else. */
function isRejects(names: readonly string[]): boolean {
  return names.includes('line') && names.includes('byte_offset') && names.includes('reason');
}

/** Integers beyond what a double holds come as texts. */
function wholeNumber(value: Json): number | undefined {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : undefined;
}
