import { asLayer, layers } from '../protocol/layer.js';
import { formatQuantity, meaningOfLayer } from '../protocol/wording.js';
import { writtenName } from '../sql/writtenName.js';
import { type Catalog, descriptionOf, type KnownTable } from './catalog.js';
import type { CursorContext } from './cursorContext.js';
import { describeTable } from './describeTable.js';
import { landingSuggestions } from './landingSuggestions.js';
import { queriesAt } from './statementAt.js';
import type { Suggestion } from './suggestion.js';
import {
  columnsOf,
  ctesSeenBy,
  type VisibleColumn,
  type VisibleSource,
  visibleSources,
} from './visibleColumns.js';

type Replaced = Suggestion['replaced'];

/** What can be written at a place of the SQL. */
export function completeSql(
  text: string,
  offset: number,
  context: CursorContext,
  catalog: Catalog,
): readonly Suggestion[] {
  switch (context.kind) {
    case 'nothing':
      return [];
    case 'new table':
      return layerSuggestions(context.typed);
    case 'source':
      return sources(text, offset, context.typed, catalog);
    case 'member':
      return members(text, offset, context, catalog);
    case 'argument':
      return argument(context, catalog);
    case 'expression':
      return expression(text, offset, context.typed, catalog);
  }
}

function layerSuggestions(replaced: Replaced): readonly Suggestion[] {
  return layers.map((layer, index) => ({
    label: layer,
    kind: 'layer',
    insert: `${layer}.`,
    replaced,
    detail: 'layer',
    documentation: meaningOfLayer(`${layer}.`),
    rank: 20 + index,
    goesOn: true,
  }));
}

function sources(text: string, offset: number, replaced: Replaced, catalog: Catalog): readonly Suggestion[] {
  const ctes = ctesSeenBy(queriesAt(text, offset)).map(
    ({ name }): Suggestion => ({
      label: name,
      kind: 'query',
      insert: writtenName(name),
      replaced,
      detail: 'from WITH, above',
      rank: 0,
    }),
  );
  const tables = [...catalog.tables.values()].map((table) =>
    tableSuggestion(table, catalog, { label: table.name, replaced, rank: 1 + layers.indexOf(table.layer) }),
  );
  return [...ctes, ...tables, ...layerSuggestions(replaced), landingCall(replaced)];
}

function landingCall(replaced: Replaced): Suggestion {
  return {
    label: "landing('…')",
    kind: 'function',
    insert: "landing('$0')",
    replaced,
    detail: 'the rows of files in data/landing',
    documentation:
      "Reads files as they came, from `data/landing`: `landing('pos_sales/*.csv')` reads all CSV files of a folder as one table.",
    rank: 10,
    goesOn: true,
  };
}

function tableSuggestion(
  table: KnownTable,
  catalog: Catalog,
  place: Pick<Suggestion, 'label' | 'replaced' | 'rank'>,
): Suggestion {
  return {
    ...place,
    kind: table.form,
    insert: place.label,
    detail: tableDetail(table),
    documentation: describeTable(table, { columns: [], catalog }),
  };
}

function tableDetail({ published, form }: KnownTable): string {
  if (published === undefined) return 'not built yet';
  return form === 'view' ? 'view' : formatQuantity(published.version.rows, 'row');
}

function members(
  text: string,
  offset: number,
  { owner, isSource, typed }: Extract<CursorContext, { kind: 'member' }>,
  catalog: Catalog,
): readonly Suggestion[] {
  const layer = owner.length === 1 ? asLayer(owner[0] ?? '') : undefined;
  const tables = [...catalog.tables.values()]
    .filter((table) => table.layer === layer)
    .map((table) =>
      tableSuggestion(table, catalog, { label: table.name.split('.')[1] ?? '', replaced: typed, rank: 1 }),
    );
  if (isSource) return tables;
  const path = owner.map((part) => part.toLowerCase()).join('.');
  const table = catalog.tables.get(path);
  if (table !== undefined) return columnSuggestions(columnsOf(table, catalog), typed, 0);
  const found = visibleSources(queriesAt(text, offset), catalog).find(({ names }) => names.includes(path));
  return [...columnSuggestions(found?.columns ?? [], typed, 0), ...tables];
}

function argument(
  { call, typed }: Extract<CursorContext, { kind: 'argument' }>,
  catalog: Catalog,
): readonly Suggestion[] {
  if (call === 'landing') return landingSuggestions(catalog.landing, typed);
  if (call !== 'quarantine' && call !== 'rejects') return [];
  return [...catalog.tables.values()]
    .filter(({ form }) => form === 'table')
    .map((table) => tableSuggestion(table, catalog, { label: table.name, replaced: typed, rank: 0 }));
}

function expression(
  text: string,
  offset: number,
  replaced: Replaced,
  catalog: Catalog,
): readonly Suggestion[] {
  const levels = queriesAt(text, offset);
  const visible = visibleSources(levels, catalog);
  const own = levels[0]?.select?.items ?? [];
  const written = own.filter(
    ({ span, path }) => path === undefined && (offset < span.start || offset > span.end),
  );
  const aliases = written.flatMap(({ name }) => (name === undefined ? [] : [{ name, from: 'this query' }]));
  return [
    ...ambiguityResolved(visible, replaced),
    ...columnSuggestions(aliases, replaced, 1),
    ...visible.map((source) => sourceSuggestion(source, replaced)),
  ];
}

/** A column that several sources have must be written with its source. */
function ambiguityResolved(visible: readonly VisibleSource[], replaced: Replaced): readonly Suggestion[] {
  const owners = new Map<string, number>();
  for (const { columns } of visible) {
    for (const { name } of columns) owners.set(name.toLowerCase(), (owners.get(name.toLowerCase()) ?? 0) + 1);
  }
  return visible.flatMap(({ columns, names }) =>
    columnSuggestions(columns, replaced, 0).map((suggestion) => {
      const [owner] = names;
      const isAmbiguous = (owners.get(suggestion.label.toLowerCase()) ?? 0) > 1 && owner !== undefined;
      if (!isAmbiguous) return suggestion;
      const written = `${writtenName(owner)}.${suggestion.insert}`;
      return { ...suggestion, label: `${owner}.${suggestion.label}`, insert: written };
    }),
  );
}

function columnSuggestions(
  columns: readonly VisibleColumn[],
  replaced: Replaced,
  rank: number,
): readonly Suggestion[] {
  return columns.map(({ name, type, description, from }) => ({
    label: name,
    kind: 'column',
    insert: writtenName(name),
    replaced,
    detail: type === undefined ? from : `${type} · ${from}`,
    rank,
    ...(description === undefined ? {} : { documentation: description }),
  }));
}

function sourceSuggestion({ names, title, table }: VisibleSource, replaced: Replaced): Suggestion {
  const [name = title] = names;
  const description = table === undefined ? undefined : descriptionOf(table);
  return {
    label: name,
    kind: 'source',
    insert: `${writtenName(name)}.`,
    replaced,
    detail: `columns of ${title}`,
    rank: 2,
    goesOn: true,
    ...(description === undefined ? {} : { documentation: description }),
  };
}
