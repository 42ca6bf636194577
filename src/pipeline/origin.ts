import type { Model } from '../graph/model.js';
import type { ResultColumn } from '../protocol/result.js';
import { quoteIdentifier } from '../sql/names.js';
import { isSignificant, type Token, tokenise } from '../sql/tokenise.js';

/** Where a row was read, as `landing()` gives it. */
const originColumns = ['_file', '_row'];

/**
 * The model's SELECT with the columns of its source that tell the origin of each row behind its own. As it is where
 * it has them already, its source has none, or it is not one plain SELECT of one table, in whose text there is one
 * place for them.
 * @param columns of the model.
 * @param source columns of the one table that it reads.
 */
export function withOrigin(
  { select, references }: Pick<Model, 'select' | 'references'>,
  columns: readonly ResultColumn[],
  source: readonly ResultColumn[],
): string {
  const [table] = references.tables;
  const missing = originColumns.filter((name) => has(source, name) && !has(columns, name));
  const from = table && fromBefore(select, table.span.start);
  if (table === undefined || from === undefined || missing.length === 0) return select;
  const qualifier = quoteIdentifier(table.alias ?? table.name);
  const added = missing.map((name) => `${qualifier}.${quoteIdentifier(name)} AS ${quoteIdentifier(name)}`);
  const comma = from.afterComma ? '' : ', ';
  return `${select.slice(0, from.start)}${comma}${added.join(', ')} ${select.slice(from.start)}`;
}

function has(columns: readonly ResultColumn[], name: string): boolean {
  return columns.some((column) => column.name.toLowerCase() === name);
}

/** The FROM that ends the only select list of a text: the one just before its table. */
function fromBefore(
  select: string,
  table: number,
): { readonly start: number; readonly afterComma: boolean } | undefined {
  const tokens = tokenise(select).filter(isSignificant);
  const is = (token: Token | undefined, word: string) =>
    token?.kind === 'word' && select.slice(token.start, token.end).toLowerCase() === word;
  const index = tokens.findIndex(({ start }) => start >= table) - 1;
  const from = tokens[index];
  const selects = tokens.filter((token) => is(token, 'select'));
  const [first] = selects;
  if (from === undefined || first === undefined || selects.length > 1) return undefined;
  if (!is(from, 'from') || first.start > from.start || first !== tokens[0]) return undefined;
  const before = tokens[index - 1];
  return { start: from.start, afterComma: before !== undefined && select[before.start] === ',' };
}
