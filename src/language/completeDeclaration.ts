import { checkActions } from '../notebook/checks.js';
import { cellStatements } from '../notebook/statements.js';
import { Cursor } from '../sql/cursor.js';
import { aggregateFunctions } from '../sql/functions.js';
import { lakeKey } from '../sql/names.js';
import { writtenName } from '../sql/writtenName.js';
import { type Catalog, columnDescriptionOf, ownerOf } from './catalog.js';
import type { DeclarationContext } from './declarationContext.js';
import { actionHelp, checkFunctionHelp, declarationHelp } from './declarationHelp.js';
import { readQuery } from './readQuery.js';
import type { Suggestion } from './suggestion.js';
import { columnsOf, resultColumns, type VisibleColumn } from './visibleColumns.js';

/** What can be written in a comment above a statement. */
export function completeDeclaration(
  text: string,
  offset: number,
  context: DeclarationContext,
  catalog: Catalog,
): readonly Suggestion[] {
  if (context.kind === 'remark') return [];
  if (context.kind === 'key') return keys(context);
  switch (context.key) {
    case 'check':
      return check(text, offset, context.before, catalog);
    case 'column':
      return column(text, offset, context.before, catalog);
    case 'owner':
      return words(offset, context.before, ownersIn(catalog));
    case 'tag':
      return words(offset, context.before.split(/,\s*/).at(-1) ?? '', tagsIn(catalog));
    case 'description':
      return [];
  }
}

function keys({ typed }: Extract<DeclarationContext, { kind: 'key' }>): readonly Suggestion[] {
  return Object.entries(declarationHelp).map(([key, { short, long }], rank) => ({
    label: `@${key}`,
    kind: 'declaration',
    insert: `@${key}: `,
    replaced: typed,
    detail: short,
    documentation: long,
    rank,
    goesOn: true,
  }));
}

function check(text: string, offset: number, before: string, catalog: Catalog): readonly Suggestion[] {
  const typed = /[\w"]*$/.exec(before)?.[0] ?? '';
  const replaced = { start: offset - typed.length, end: offset };
  const rule = before.slice(0, before.length - typed.length);
  const cursor = new Cursor(rule);
  const { tokens } = cursor;
  if (tokens.length > 0 && cursor.isOperator('|', tokens.length - 1)) return actions(rule, replaced);
  const path = /^\s*references\s*\([^,]*,\s*([\w".]*)$/i.exec(before)?.[1];
  if (path !== undefined) return referenced(path, replaced, catalog);
  const isFirst = tokens.length === 0;
  const columns = modelColumns(text, offset, catalog).map((found) => columnSuggestion(found, replaced));
  return isFirst ? [...columns, ...checkFunctions(replaced)] : columns;
}

/** What can stand for `silver.stores.store_id`, as far as it is written. */
function referenced(path: string, replaced: Suggestion['replaced'], catalog: Catalog): readonly Suggestion[] {
  const written = path.split('.').slice(0, -1).join('.').toLowerCase();
  const table = catalog.tables.get(written);
  if (table !== undefined)
    return columnsOf(table, catalog).map((column) => columnSuggestion(column, replaced));
  const before = written === '' ? '' : `${written}.`;
  return [...catalog.tables.values()]
    .filter(({ key }) => key.startsWith(before))
    .map(({ key, name }) => ({
      label: name,
      kind: 'table',
      insert: `${key.slice(before.length)}.`,
      replaced,
      rank: 0,
      goesOn: true,
    }));
}

/** `drop` does not go with a rule that says of no row that it is wrong. */
function actions(rule: string, replaced: Suggestion['replaced']): readonly Suggestion[] {
  const isUndroppable = /^\s*(?:unique|fresh)\s*\(/i.test(rule) || hasAggregate(rule);
  const blank = /\s$/.test(rule) ? '' : ' ';
  return checkActions
    .filter((action) => !(isUndroppable && action === 'drop'))
    .map((action, rank) => {
      const { short, long } = actionHelp[action];
      const insert = `${blank}${action}`;
      return { label: action, kind: 'action', insert, replaced, detail: short, documentation: long, rank };
    });
}

function hasAggregate(rule: string): boolean {
  const cursor = new Cursor(rule);
  for (; cursor.peek() !== undefined; cursor.advance())
    if (aggregateFunctions.has(cursor.keyword()) && cursor.isOperator('(', 1)) return true;
  return false;
}

function checkFunctions(replaced: Suggestion['replaced']): readonly Suggestion[] {
  return Object.entries(checkFunctionHelp).map(([name, { short, long }]) => ({
    label: `${name}(…)`,
    kind: 'function',
    insert: `${name}($0)`,
    replaced,
    detail: short,
    documentation: long,
    rank: 1,
    goesOn: true,
  }));
}

/** Columns that the model below has and nothing describes yet. */
function column(text: string, offset: number, before: string, catalog: Catalog): readonly Suggestion[] {
  if (/\s\S*$/.test(before)) return [];
  const replaced = { start: offset - before.length, end: offset };
  const { described, columns } = modelBelow(text, offset, catalog);
  return columns
    .filter(({ name }) => !described.has(name.toLowerCase()))
    .map((found) => {
      const suggestion = columnSuggestion(found, replaced);
      return { ...suggestion, insert: `${suggestion.insert}  ` };
    });
}

function columnSuggestion(
  { name, type, description }: VisibleColumn,
  replaced: Suggestion['replaced'],
): Suggestion {
  return {
    label: name,
    kind: 'column',
    insert: writtenName(name),
    replaced,
    rank: 0,
    ...(type === undefined ? {} : { detail: type }),
    ...(description === undefined ? {} : { documentation: description }),
  };
}

function modelColumns(text: string, offset: number, catalog: Catalog): readonly VisibleColumn[] {
  return modelBelow(text, offset, catalog).columns;
}

/** The model that a comment at an offset belongs to: its columns as its SQL says them, else as published. */
function modelBelow(text: string, offset: number, catalog: Catalog) {
  const none = { described: new Set<string>(), columns: [] as readonly VisibleColumn[] };
  const below = cellStatements(text).statements.find(({ span }) => span.start >= offset);
  if (below === undefined || below.kind.kind !== 'model') return none;
  const { select, target } = below.kind;
  const known = catalog.tables.get(lakeKey(target));
  const published = known?.published === undefined ? [] : columnsOf(known, catalog);
  const written = resultColumns(readQuery(select.text), catalog);
  const types = new Map(published.map((each) => [each.name.toLowerCase(), each]));
  const columns = (written.length === 0 ? published : written).map((each) => {
    const description = known && columnDescriptionOf(known, each.name);
    const typed = types.get(each.name.toLowerCase()) ?? each;
    return { ...typed, ...(description === undefined ? {} : { description }) };
  });
  const described = new Set(below.declarations.columns.map((each) => each.column.toLowerCase()));
  return { described, columns };
}

function words(offset: number, typed: string, known: ReadonlySet<string>): readonly Suggestion[] {
  const replaced = { start: offset - typed.length, end: offset };
  return [...known].map((label) => ({ label, kind: 'text', insert: label, replaced, rank: 0 }));
}

function ownersIn(catalog: Catalog): ReadonlySet<string> {
  return new Set([...catalog.tables.values()].flatMap((table) => ownerOf(table) ?? []));
}

function tagsIn(catalog: Catalog): ReadonlySet<string> {
  return new Set(
    [...catalog.tables.values()].flatMap(({ model, published }) => model?.tags ?? published?.tags ?? []),
  );
}
