import type { Problem } from '../protocol/problem.js';
import { suggest } from '../protocol/suggest.js';
import { writtenName } from '../sql/writtenName.js';

/**
 * What to try for a column that is not among `columns`.
 * @param written how a name is put in its place.
 */
export function columnHint(
  name: string,
  columns: readonly { readonly name: string }[],
  written: (name: string) => string = writtenName,
): Pick<Problem, 'hint' | 'fix'> {
  const names = columns.map((column) => column.name);
  const close = suggest(name, names);
  if (close === undefined) return { hint: `Its columns are ${names.join(', ')}.` };
  return { hint: `Did you mean ${close}?`, fix: { kind: 'replace', texts: [written(close)] } };
}
