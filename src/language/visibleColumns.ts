import { type Catalog, columnDescriptionOf, type KnownTable } from './catalog.js';
import { readQuery } from './readQuery.js';
import type { QueryShape, ScopeLevel, SelectItem, SelectShape, Source } from './scope.js';

/** A column that can be named at some place. */
export interface VisibleColumn {
  readonly name: string;
  /** The engine's type; undefined where only a query could tell. */
  readonly type?: string;
  readonly description?: string;
  /** Where it comes from, in words: `silver.sales`, `typed`. */
  readonly from: string;
}

/** Something that a FROM gives, under the name by which its columns are called. */
export interface VisibleSource {
  /** In lower case. */
  readonly names: readonly string[];
  /** As written. */
  readonly title: string;
  /** The table of the lake that it is. */
  readonly table?: KnownTable;
  readonly columns: readonly VisibleColumn[];
}

/** What the sources of the queries around a place give, those of the innermost query first. */
export function visibleSources(levels: readonly ScopeLevel[], catalog: Catalog): readonly VisibleSource[] {
  const resolver = new Resolver(catalog);
  return levels.flatMap(({ select }, index) => resolver.sources(select, ctesSeenBy(levels.slice(index))));
}

/** The columns of a query's result, as far as its text and the catalog tell. */
export function resultColumns(query: QueryShape, catalog: Catalog): readonly VisibleColumn[] {
  return new Resolver(catalog).result(query, []);
}

/** The columns of a table: of its current version, or those that the model's text names while it has none. */
export function columnsOf(table: KnownTable, catalog: Catalog): readonly VisibleColumn[] {
  return new Resolver(catalog).tableColumns(table);
}

type Ctes = readonly { readonly name: string; readonly query: QueryShape }[];

/** Names of WITH lists that a place sees, the nearest first. */
export function ctesSeenBy(levels: readonly ScopeLevel[]): Ctes {
  return levels.flatMap(({ query }) => query.ctes.toReversed());
}

class Resolver {
  /** Models whose text is being read: a cycle must not be followed for ever. */
  readonly #reading = new Set<string>();

  constructor(readonly catalog: Catalog) {}

  sources(select: SelectShape | undefined, ctes: Ctes): readonly VisibleSource[] {
    return (select?.sources ?? []).map((source) => this.#source(source, ctes));
  }

  result(query: QueryShape, outer: Ctes): readonly VisibleColumn[] {
    const ctes = [...query.ctes.toReversed(), ...outer];
    const [select] = query.selects;
    if (select === undefined) return [];
    const sources = this.sources(select, ctes);
    const all = { kind: 'star' as const, span: select.span };
    return (select.items ?? [all]).flatMap((item) => itemColumns(item, sources));
  }

  tableColumns(table: KnownTable): readonly VisibleColumn[] {
    const { key, name, published, model } = table;
    if (published !== undefined) {
      return published.version.columns.map((column) => {
        const description = columnDescriptionOf(table, column.name);
        const { name: own, type } = column;
        return { name: own, type, from: name, ...(description === undefined ? {} : { description }) };
      });
    }
    if (model === undefined || this.#reading.has(key)) return [];
    this.#reading.add(key);
    const columns = this.result(readQuery(model.select), []).map((column) => {
      const description = columnDescriptionOf(table, column.name);
      return { ...column, from: name, ...(description === undefined ? {} : { description }) };
    });
    this.#reading.delete(key);
    return columns;
  }

  #source(source: Source, ctes: Ctes): VisibleSource {
    const alias = source.alias === undefined ? [] : [source.alias.toLowerCase()];
    if (source.kind === 'query') {
      const title = source.alias ?? 'the query in FROM';
      return { names: alias, title, columns: titled(this.result(source.query, ctes), title) };
    }
    if (source.kind === 'call') {
      const title = source.alias ?? source.name;
      return { names: [...alias, source.name], title, columns: this.#callColumns(source) };
    }
    const path = source.path.map((part) => part.toLowerCase());
    const own = path.at(-1) ?? '';
    const title = source.path.join('.');
    const names = alias.length > 0 ? alias : [own];
    const at = path.length === 1 ? ctes.findIndex(({ name }) => name === own) : -1;
    const cte = ctes[at];
    // A CTE sees those before it, which stand behind it here, and not itself.
    if (cte !== undefined)
      return { names, title, columns: titled(this.result(cte.query, ctes.slice(at + 1)), title) };
    const table = this.catalog.tables.get(path.join('.'));
    if (table === undefined) return { names, title, columns: [] };
    return { names, title: table.name, table, columns: this.tableColumns(table) };
  }

  /** The columns of landing files are those of a published table that takes all of them. */
  #callColumns({ name, argument }: Extract<Source, { kind: 'call' }>): readonly VisibleColumn[] {
    if (name !== 'landing' || argument === undefined) return [];
    const table = [...this.catalog.tables.values()].find(({ published }) => {
      const [input, ...more] = published?.version.inputs ?? [];
      const isSame = input?.kind === 'landing' && input.pattern === argument && more.length === 0;
      return (
        isSame && /^(select\s+\*\s+)?from\s+landing\s*\([^()]*\)\s*$/i.test(published?.version.sql ?? '')
      );
    });
    return titled(table?.published?.version.columns ?? [], `landing('${argument}')`);
  }
}

function titled(columns: readonly Omit<VisibleColumn, 'from'>[], from: string): readonly VisibleColumn[] {
  return columns.map((column) => ({ ...column, from }));
}

function itemColumns(item: SelectItem, sources: readonly VisibleSource[]): readonly VisibleColumn[] {
  if (item.kind === 'star') {
    const owner = item.name?.toLowerCase();
    const excluded = item.excluded ?? [];
    return sources
      .filter(({ names }) => owner === undefined || names.includes(owner))
      .flatMap(({ columns }) => columns)
      .filter(({ name }) => !excluded.includes(name.toLowerCase()));
  }
  if (item.name === undefined) return [];
  const origin = item.path === undefined ? undefined : findColumn(item.path, sources);
  return [{ from: 'this query', ...origin, name: item.name }];
}

/** The column that a path as `amount` or `s.amount` names. */
export function findColumn(
  path: readonly string[],
  sources: readonly VisibleSource[],
): VisibleColumn | undefined {
  const [column, owner] = path.map((part) => part.toLowerCase()).toReversed();
  return sources
    .filter(({ names }) => owner === undefined || names.includes(owner))
    .flatMap(({ columns }) => columns)
    .find(({ name }) => name.toLowerCase() === column);
}
