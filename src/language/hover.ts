import { isCheckFunction } from '../notebook/checkFunctions.js';
import { isDeclarationKey } from '../notebook/declarations.js';
import type { Span } from '../protocol/text.js';
import { unquoteIdentifier } from '../sql/names.js';
import { isSignificant, type Token, tokenise } from '../sql/tokenise.js';
import type { Catalog } from './catalog.js';
import { declarationContext } from './declarationContext.js';
import { checkFunctionHelp, declarationHelp } from './declarationHelp.js';
import { describeColumn, describeTable } from './describeTable.js';
import { queriesAt } from './statementAt.js';
import { columnsOf, findColumn, visibleSources } from './visibleColumns.js';

export interface Hover {
  readonly span: Span;
  /** Markdown. */
  readonly text: string;
}

/** What is known of the name at an offset; undefined where nothing is. */
export function hoverAt(
  text: string,
  offset: number,
  catalog: Catalog,
  timeZone?: string,
): Hover | undefined {
  const tokens = tokenise(text);
  const at = tokens.findIndex(({ start, end }) => start <= offset && offset < end);
  const token = tokens[at];
  if (token === undefined) return undefined;
  if (token.kind === 'line comment') return keyHover(text, token, offset) ?? checkHover(text, token, offset);
  if (!isName(token)) return undefined;
  const { parts, span } = nameAround(text, tokens.filter(isSignificant), token);
  const found = describe(parts, text, offset, catalog, timeZone);
  return found === undefined ? undefined : { span, text: found };
}

function keyHover(text: string, token: Token, offset: number): Hover | undefined {
  const [head, , at = '', key = ''] = /^(--[ \t]*)(@([\w-]+))/.exec(text.slice(token.start, token.end)) ?? [];
  if (head === undefined || !isDeclarationKey(key)) return undefined;
  const end = token.start + head.length;
  const span = { start: end - at.length, end };
  return offset < span.start || offset >= end ? undefined : { span, text: declarationHelp[key].long };
}

/** On the name of a check function, on whichever line of the check it stands. */
function checkHover(text: string, token: Token, offset: number): Hover | undefined {
  const context = declarationContext(text, offset);
  if (context?.kind !== 'value' || context.key !== 'check') return undefined;
  for (const { index, 0: name } of text.slice(token.start, token.end).matchAll(/\b\w+(?=\s*\()/g)) {
    const span = { start: token.start + index, end: token.start + index + name.length };
    const key = name.toLowerCase();
    if (span.start <= offset && offset < span.end && isCheckFunction(key))
      return { span, text: checkFunctionHelp[key].long };
  }
  return undefined;
}

/** The name up to and with a token: on `silver` of `silver.sales.day` the whole table is meant. */
function nameAround(text: string, tokens: readonly Token[], token: Token) {
  const written = (each: Token | undefined) => (each === undefined ? '' : text.slice(each.start, each.end));
  let first = tokens.indexOf(token);
  let last = first;
  while (written(tokens[first - 1]) === '.' && isName(tokens[first - 2])) first -= 2;
  const isLayer = first === last && /^(bronze|silver|gold)$/i.test(written(token));
  if (isLayer && written(tokens[last + 1]) === '.' && isName(tokens[last + 2])) last += 2;
  const parts = tokens
    .slice(first, last + 1)
    .filter(isName)
    .map((each) => unquoteIdentifier(written(each)));
  return { parts, span: { start: tokens[first]?.start ?? token.start, end: tokens[last]?.end ?? token.end } };
}

function describe(
  parts: readonly string[],
  text: string,
  offset: number,
  catalog: Catalog,
  timeZone: string | undefined,
): string | undefined {
  const zone = timeZone === undefined ? {} : { timeZone };
  const path = parts.map((part) => part.toLowerCase());
  const table = catalog.tables.get(path.join('.'));
  if (table !== undefined)
    return describeTable(table, { columns: columnsOf(table, catalog), catalog, ...zone });
  const owner = catalog.tables.get(path.slice(0, -1).join('.'));
  if (owner !== undefined) {
    const column = columnsOf(owner, catalog).find(({ name }) => name.toLowerCase() === path.at(-1));
    return column === undefined ? undefined : describeColumn(column);
  }
  const sources = visibleSources(queriesAt(text, offset), catalog);
  const column = findColumn(parts.slice(-2), sources);
  if (column !== undefined) return describeColumn(column);
  const source = parts.length === 1 ? sources.find(({ names }) => names.includes(path[0] ?? '')) : undefined;
  return source?.table === undefined
    ? undefined
    : describeTable(source.table, { columns: columnsOf(source.table, catalog), catalog, ...zone });
}

function isName(token: Token | undefined): boolean {
  return token?.kind === 'word' || token?.kind === 'quoted identifier';
}
