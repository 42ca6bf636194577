import type { Json } from './json.js';
import type { ModelBlock, TableBlock } from './result.js';

/** How results are put into words, the same wherever they are shown. */

/** `1234567` → `1,234,567`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** `3, 'row'` → `3 rows`. */
export function formatQuantity(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Milliseconds as a person says them: `12 ms`, `1.4 s`, `2 min 5 s`. */
export function formatElapsed(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** A value as one line of text; null is `NULL`. */
export function formatValue(value: Json): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return value;
  return JSON.stringify(value);
}

/** Tells whether values of an engine's type are numbers, which align at their end. */
export function isNumericType(type: string): boolean {
  return /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL\(.*\)|FLOAT|DOUBLE|BIGNUM)$/.test(type);
}

/** `Showing 10 of 1,234 rows`: never a silent cut. */
export function describeShownRows(table: TableBlock): string {
  return `Showing ${formatCount(table.rows.length)} of ${formatQuantity(table.total, 'row')}`;
}

/** What became of a model, as short facts in the order of their weight. */
export function describeModel(model: ModelBlock): readonly string[] {
  const facts = [model.form === 'view' ? 'view' : formatQuantity(model.rows, 'row')];
  if (model.rowsIn !== undefined) facts.push(`from ${formatQuantity(model.rowsIn, 'input row')}`);
  if (model.dropped > 0) facts.push(`${formatQuantity(model.dropped, 'row')} in quarantine`);
  facts.push(model.reason, `version ${model.version} of run ${model.run}`);
  if (model.path !== undefined) facts.push(model.path);
  facts.push(formatElapsed(model.elapsedMs));
  return facts;
}
