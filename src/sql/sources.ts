import type { Json } from '../protocol/json.js';
import type { TableFunctionReference, TableReference } from './parser.js';
import type { Places } from './places.js';
import { integerLiteral, isNode, listOf, stringLiteral, type TreeNode, textOf } from './tree.js';

/** Reads a BASE_TABLE of the tree. */
export function readTable(part: TreeNode, places: Places): TableReference {
  const catalog = textOf(part.catalog_name);
  const schema = textOf(part.schema_name);
  const alias = textOf(part.alias);
  const at = part.at_clause;
  return {
    ...(catalog === undefined ? {} : { catalog }),
    ...(schema === undefined ? {} : { schema }),
    name: textOf(part.table_name) ?? '',
    ...(alias === undefined ? {} : { alias }),
    span: places.name(part.query_location),
    ...(isNode(at) ? { at: readAtClause(at, places) } : {}),
  };
}

function readAtClause(at: TreeNode, places: Places): NonNullable<TableReference['at']> {
  const expression = at.expr;
  const span = places.atClause(isNode(expression) ? expression.query_location : undefined);
  const isVersion = textOf(at.unit)?.toUpperCase() === 'VERSION';
  const version = isVersion ? integerLiteral(expression) : undefined;
  return version === undefined ? { span } : { version, span };
}

/** Reads a TABLE_FUNCTION of the tree and the call inside it. */
export function readTableFunction(part: TreeNode, call: TreeNode, places: Places): TableFunctionReference {
  const alias = textOf(part.alias);
  const args: (string | undefined)[] = [];
  const named: [string, string | undefined][] = [];
  for (const child of listOf(call.children)) {
    const argument = namedArgument(child);
    if (argument === undefined) args.push(stringLiteral(child));
    else named.push([argument.name.toLowerCase(), literal(argument.value)]);
  }
  return {
    name: textOf(call.function_name)?.toLowerCase() ?? '',
    args,
    named: Object.fromEntries(named),
    ...(alias === undefined ? {} : { alias }),
    span: places.call(call.query_location),
  };
}

function literal(value: Json | undefined): string | undefined {
  return stringLiteral(value) ?? integerLiteral(value)?.toString();
}

/** `name => value` is an expression with an alias, `name = value` a comparison. */
function namedArgument(child: Json): { readonly name: string; readonly value: Json | undefined } | undefined {
  if (!isNode(child)) return undefined;
  const alias = textOf(child.alias);
  if (alias !== undefined) return { name: alias, value: child };
  const left = child.left;
  if (child.type !== 'COMPARE_EQUAL' || !isNode(left) || left.class !== 'COLUMN_REF') return undefined;
  const [name, ...more] = listOf(left.column_names);
  return typeof name === 'string' && more.length === 0 ? { name, value: child.right } : undefined;
}
