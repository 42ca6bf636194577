import type { Contract } from './contractSchema.js';

/**
 * Tells whether the engine reads a blank line as a record: in a file of one column, where an empty text is NULL.
 * Everywhere else it passes blank lines over. (DuckDB 1.5.)
 * @param columns of the file
 */
export function blankLinesCount({ nullStrings }: Pick<Contract, 'nullStrings'>, columns: number): boolean {
  return columns === 1 && nullStrings.includes('');
}
