import type { Json } from '../protocol/json.js';
import { aggregateFunctions, rowMakingFunctions } from './functions.js';
import { isAbsent, isNode, listOf, nodesOf, stringLiteral, type TreeNode, textOf } from './tree.js';

/**
 * What a SELECT does with the rows of its source: whether each row that comes out is one that went in, and why
 * others do not come out. A macro can hide anything and is not looked into.
 */
export type RowShape =
  | {
      readonly countable: true;
      readonly source: RowSource;
      /** A WHERE leaves rows out, or a QUALIFY that asks something of the row itself. */
      readonly filters: boolean;
      /** DISTINCT or QUALIFY leaves rows out. */
      readonly deduplicates: boolean;
    }
  | {
      readonly countable: false;
      /** In words: `joins can multiply rows`. */
      readonly why: string;
    };

/** The one thing that a SELECT, and the queries inside its FROM, read from. */
export type RowSource =
  | { readonly kind: 'table'; readonly catalog?: string; readonly schema?: string; readonly name: string }
  /** The name in lower case; the first argument where it is a string. */
  | { readonly kind: 'function'; readonly name: string; readonly argument?: string };

/** By name in lower case; each sees those before it. */
type Ctes = ReadonlyMap<string, { readonly query: TreeNode; readonly ctes: Ctes }>;

/** Reads the shape from the tree that `json_serialize_sql` gives. */
export function rowShape(tree: Json): RowShape {
  const statements = isNode(tree) ? nodesOf(tree.statements) : [];
  const query = statements[0]?.node;
  return statements.length === 1 && isNode(query) ? shapeOf(query, new Map()) : unknown('it is no SELECT');
}

function shapeOf(query: TreeNode, outer: Ctes): RowShape {
  const ctes = isNode(query.cte_map) ? withCtes(outer, nodesOf(query.cte_map.map)) : outer;
  const fault = uncountable(query);
  if (fault !== undefined) return unknown(fault);
  const below = sourceShape(query.from_table, ctes);
  if (!below.countable) return below;
  const filters = !isAbsent(query.where_clause) || !looksAtOthersOnly(query.qualify);
  const deduplicates = !isAbsent(query.qualify) || hasModifier(query, 'DISTINCT_MODIFIER');
  // The engine makes one step of both.
  if (filters && below.deduplicates) return unknown('a WHERE stands above the removal of duplicates');
  return {
    ...below,
    filters: filters || below.filters,
    deduplicates: deduplicates || below.deduplicates,
  };
}

/** Why the rows of one SELECT are not rows of its source; undefined where they are. */
function uncountable(query: TreeNode): string | undefined {
  if (query.type === 'SET_OPERATION_NODE') return 'it puts queries together';
  if (query.type !== 'SELECT_NODE') return 'it is more than one SELECT';
  if (hasModifier(query, 'LIMIT_MODIFIER') || hasModifier(query, 'LIMIT_PERCENT_MODIFIER'))
    return 'LIMIT takes some of the rows';
  const grouped = [query.group_expressions, query.group_sets, query.having].some((part) => !isAbsent(part));
  if (grouped || query.aggregate_handling !== 'STANDARD_HANDLING') return 'a group is one row of many';
  if (!isAbsent(query.sample)) return 'a sample takes some of the rows';
  return changed(query.select_list);
}

function sourceShape(source: Json | undefined, ctes: Ctes): RowShape {
  if (!isNode(source)) return unknown('it reads no table');
  if (!isAbsent(source.sample)) return unknown('a sample takes some of the rows');
  switch (source.type) {
    case 'BASE_TABLE':
      return tableShape(source, ctes);
    case 'TABLE_FUNCTION':
      return functionShape(source.function);
    case 'SUBQUERY':
      return isNode(source.subquery) && isNode(source.subquery.node)
        ? shapeOf(source.subquery.node, ctes)
        : unknown('it reads no table');
    case 'JOIN':
      return unknown('joins can multiply rows');
    case 'PIVOT':
      return unknown('a pivot makes other rows');
    default:
      return unknown('it reads no table');
  }
}

function tableShape(table: TreeNode, ctes: Ctes): RowShape {
  const name = textOf(table.table_name) ?? '';
  const schema = textOf(table.schema_name);
  const catalog = textOf(table.catalog_name);
  const cte = schema === undefined ? ctes.get(name.toLowerCase()) : undefined;
  if (cte !== undefined) return shapeOf(cte.query, cte.ctes);
  const qualified = {
    ...(schema === undefined ? {} : { schema }),
    ...(catalog === undefined ? {} : { catalog }),
  };
  return rows({ kind: 'table', ...qualified, name });
}

function functionShape(call: Json | undefined): RowShape {
  if (!isNode(call)) return unknown('it reads no table');
  const name = textOf(call.function_name)?.toLowerCase() ?? '';
  const argument = stringLiteral(listOf(call.children)[0]);
  return rows({ kind: 'function', name, ...(argument === undefined ? {} : { argument }) });
}

function withCtes(outer: Ctes, added: readonly TreeNode[]): Ctes {
  let ctes = outer;
  for (const { key, value } of added) {
    const query = isNode(value) && isNode(value.query) ? value.query.node : undefined;
    if (isNode(query)) ctes = new Map([...ctes, [textOf(key)?.toLowerCase() ?? '', { query, ctes }]]);
  }
  return ctes;
}

/** Tells whether a QUALIFY, where there is one, asks nothing of a row itself: `row_number() OVER (…) = 1`. */
function looksAtOthersOnly(qualify: Json | undefined): boolean {
  if (!isNode(qualify)) return true;
  const sides = [qualify.left, qualify.right].filter(isNode).map((side) => side.class);
  return qualify.class === 'COMPARISON' && sides.includes('WINDOW') && sides.includes('CONSTANT');
}

/** What in a select list makes other rows. A subquery has rows of its own. */
function changed(value: Json | undefined): string | undefined {
  if (!isNode(value)) return firstOf(listOf(value));
  if (value.class === 'SUBQUERY') return undefined;
  const name = value.class === 'FUNCTION' ? (textOf(value.function_name)?.toLowerCase() ?? '') : '';
  if (aggregateFunctions.has(name)) return 'an aggregate is one row of many';
  if (rowMakingFunctions.has(name)) return `${name} makes many rows of one`;
  return firstOf(Object.values(value));
}

function firstOf(values: readonly Json[]): string | undefined {
  for (const value of values) {
    const found = changed(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

function hasModifier(query: TreeNode, type: string): boolean {
  return nodesOf(query.modifiers).some((modifier) => modifier.type === type);
}

function rows(source: RowSource): RowShape {
  return { countable: true, source, filters: false, deduplicates: false };
}

function unknown(why: string): RowShape {
  return { countable: false, why };
}
