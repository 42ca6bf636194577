import { type Model, placeAt } from '../graph/model.js';
import { type Problem, warning } from '../protocol/problem.js';
import { quoteIdentifier } from '../sql/names.js';
import { columnHint } from './columnHint.js';

/** Warns of each `@column` of a model that is none of its table's columns, by their names without case. */
export function describesNoColumn(
  { name, columns, position }: Model,
  published: readonly { readonly name: string }[],
): readonly Problem[] {
  const known = new Set(published.map((column) => column.name.toLowerCase()));
  return columns
    .filter(({ column }) => !known.has(column.toLowerCase()))
    .map(({ column, columnSpan }) =>
      warning('notebook.declaration', `${name} has no column ${column}, which @column describes.`, {
        ...columnHint(column, published, writtenInColumn),
        place: placeAt(position, columnSpan),
      }),
    );
}

/** In `@column` a name ends at the first blank. */
function writtenInColumn(name: string): string {
  return /^[^\s"]+$/.test(name) ? name : quoteIdentifier(name);
}
