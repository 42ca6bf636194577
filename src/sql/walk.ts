import type { Json } from '../protocol/json.js';
import { orderedAggregates, orderedWindows, volatileFunctions, volatileWords } from './functions.js';
import { keepsEveryRow } from './keepsEveryRow.js';
import type { References } from './parser.js';
import { type Places, placesIn } from './places.js';
import { rowShape } from './rowShape.js';
import { rowsTogether } from './rowsTogether.js';
import { readTable, readTableFunction } from './sources.js';
import { isNode, listOf, nodesOf, stringLiteral, type TreeNode, textOf } from './tree.js';
import { isBuiltInType } from './types.js';
import { unorderedModifiers } from './unordered.js';

/** The CTEs that a FROM can name at some place of the tree, in lower case. */
type Scope = ReadonlySet<string>;

/**
 * Everything that a SELECT takes from outside itself, read from the tree that DuckDB's `json_serialize_sql`
 * gives for the text. Macros and views are not looked into: their own texts are walked by themselves.
 */
export function collectReferences(tree: Json, text: string): References {
  const places = placesIn(text);
  const walker = new Walker(places);
  walker.visit(tree, new Set());
  const shape = rowShape(tree);
  return {
    ...walker.found(),
    ...rowsTogether(tree, places),
    keepsEveryRow: keepsEveryRow(tree, shape),
    shape,
  };
}

type Found = Omit<References, 'aggregates' | 'windows' | 'keepsEveryRow' | 'shape'>;

class Walker {
  readonly #places: Places;
  readonly #tables: Found['tables'][number][] = [];
  readonly #tableFunctions: Found['tableFunctions'][number][] = [];
  readonly #unordered: Found['unordered'][number][] = [];
  readonly #functions = new Set<string>();
  readonly #types = new Set<string>();
  readonly #variables = new Set<string>();
  readonly #volatile = new Set<string>();

  constructor(places: Places) {
    this.#places = places;
  }

  found(): Found {
    const byPlace = <Placed extends { readonly span: { readonly start: number } }>(list: readonly Placed[]) =>
      [...list].sort((a, b) => a.span.start - b.span.start);
    return {
      tables: byPlace(this.#tables),
      tableFunctions: byPlace(this.#tableFunctions),
      functions: [...this.#functions].sort(),
      types: [...this.#types].sort(),
      variables: [...this.#variables].sort(),
      volatile: [...this.#volatile].sort(),
      unordered: byPlace(this.#unordered),
    };
  }

  visit(value: Json | undefined, scope: Scope): void {
    if (!isNode(value)) {
      for (const item of listOf(value)) this.visit(item, scope);
      return;
    }
    if (isNode(value.cte_map)) this.#visitQuery(value, value.cte_map, scope);
    else this.#visitPart(value, scope);
  }

  /**
   * A CTE is seen by those after it and by the query, not by itself. Of a recursive one only the part
   * after UNION sees its name: in the part before, the name means what it means outside.
   */
  #visitQuery(query: TreeNode, ctes: TreeNode, scope: Scope): void {
    let inner = scope;
    for (const { key, value } of nodesOf(ctes.map)) {
      this.visit(value, inner);
      inner = withName(inner, textOf(key));
    }
    this.#unordered.push(...unorderedModifiers(query, this.#places));
    const isRecursive = query.type === 'RECURSIVE_CTE_NODE';
    const repeated = isRecursive ? withName(inner, textOf(query.cte_name)) : inner;
    for (const [key, value] of Object.entries(query)) {
      if (key !== 'cte_map') this.visit(value, key === 'right' ? repeated : inner);
    }
    this.#notePart(query);
  }

  #visitPart(part: TreeNode, scope: Scope): void {
    if (part.type === 'BASE_TABLE') this.#noteTable(part, scope);
    if (part.type === 'TABLE_FUNCTION' && isNode(part.function)) {
      this.#tableFunctions.push(readTableFunction(part, part.function, this.#places));
      this.#noteVariable(part.function);
      this.visit(part.function.children, scope);
      this.#notePart(part);
      return;
    }
    this.#noteExpression(part);
    this.#notePart(part);
    for (const value of Object.values(part)) this.visit(value, scope);
  }

  #noteTable(part: TreeNode, scope: Scope): void {
    const table = readTable(part, this.#places);
    const isCte = scope.has(table.name.toLowerCase());
    const qualifier = table.schema?.toLowerCase();
    // In a recursive CTE with USING KEY, recurring.name is all rows found so far.
    if (isCte && (qualifier === undefined || qualifier === 'recurring')) return;
    this.#tables.push(table);
  }

  #noteExpression(expression: TreeNode): void {
    switch (expression.class) {
      case 'FUNCTION':
        this.#noteFunction(expression);
        break;
      case 'WINDOW':
        this.#noteWindow(expression);
        break;
      case 'COLUMN_REF':
        this.#noteWord(expression);
        break;
      default:
    }
  }

  #noteFunction(call: TreeNode): void {
    const name = textOf(call.function_name)?.toLowerCase();
    if (name === undefined || call.is_operator === true) return;
    this.#functions.add(name);
    // age(x) alone counts from today; age(x, y) does not.
    const isVolatile = volatileFunctions.has(name) || (name === 'age' && listOf(call.children).length === 1);
    if (isVolatile) this.#volatile.add(name);
    this.#noteVariable(call);
    const isOrdered = isNode(call.order_bys) && listOf(call.order_bys.orders).length > 0;
    if (orderedAggregates.has(name) && !isOrdered) this.#noteUnordered(name, call);
  }

  /** A name that is no literal can be any variable: the call counts as volatile. */
  #noteVariable(call: TreeNode): void {
    if (textOf(call.function_name)?.toLowerCase() !== 'getvariable') return;
    const variable = stringLiteral(listOf(call.children)[0]);
    if (variable === undefined) this.#volatile.add('getvariable');
    else this.#variables.add(variable.toLowerCase());
  }

  #noteWindow(window: TreeNode): void {
    const name = textOf(window.function_name)?.toLowerCase();
    if (name === undefined) return;
    this.#functions.add(name);
    const orders = [...listOf(window.orders), ...listOf(window.arg_orders)];
    if (orderedWindows.has(name) && orders.length === 0) this.#noteUnordered(name, window);
  }

  #noteUnordered(what: string, call: TreeNode): void {
    this.#unordered.push({ what, span: this.#places.call(call.query_location) });
  }

  #noteWord(column: TreeNode): void {
    const [name, ...more] = listOf(column.column_names);
    if (typeof name !== 'string' || more.length > 0) return;
    if (volatileWords.has(name.toLowerCase())) this.#volatile.add(name.toLowerCase());
  }

  /** What any part of the tree can carry: a sample, a type that the engine does not know, an enum of PIVOT. */
  #notePart(part: TreeNode): void {
    if (isNode(part.sample)) this.#volatile.add('sample');
    const unbound = part.type === 'UNBOUND_TYPE_INFO' ? textOf(part.name) : undefined;
    for (const type of [unbound, textOf(part.pivot_enum)]) {
      if (type !== undefined && !isBuiltInType(type)) this.#types.add(type.toLowerCase());
    }
  }
}

function withName(scope: Scope, name: string | undefined): Scope {
  return name === undefined ? scope : new Set([...scope, name.toLowerCase()]);
}
