import { asLayer, type Layer } from '../protocol/layer.js';
import type { TableReference } from './parser.js';

const lakeName = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;
// https://learn.microsoft.com/windows/win32/fileio/naming-a-file: these names open a device in every folder.
const windowsDevice = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/i;

/** Tells whether a table of the lake may have this name, which becomes a file's name on every system. */
export function isLakeName(name: string): boolean {
  return lakeName.test(name) && !windowsDevice.test(name);
}

/** Says in words what is wrong with a name for a table of the lake; undefined when nothing is. */
export function lakeNameFault(name: string): string | undefined {
  if (windowsDevice.test(name)) return `Windows keeps the name "${name}" for a device.`;
  if (lakeName.test(name)) return undefined;
  return `"${name}" is no name for a table of the lake: letters, digits and _ only, no digit first, 63 at most.`;
}

/** A table of the lake, by its two parts. */
export interface LakeTable {
  readonly layer: Layer;
  /** As written. */
  readonly name: string;
}

/** Reads `silver.sales`; undefined for what names no table of the lake. */
export function parseLakeTable(text: string): LakeTable | undefined {
  const [schema, name, ...more] = text.split('.');
  if (schema === undefined || name === undefined || more.length > 0) return undefined;
  const layer = asLayer(schema);
  return layer !== undefined && isLakeName(name) ? { layer, name } : undefined;
}

/** The table of the lake that a reference names; undefined for every other table. */
export function lakeTableOf({
  catalog,
  schema,
  name,
}: Pick<TableReference, 'catalog' | 'schema' | 'name'>): LakeTable | undefined {
  const layer = schema === undefined || catalog !== undefined ? undefined : asLayer(schema);
  return layer === undefined ? undefined : { layer, name };
}

/** The one key of a table of the lake, since names compare without case: `silver.sales`. */
export function lakeKey(table: LakeTable): string {
  return `${table.layer}.${table.name.toLowerCase()}`;
}

/** Writes a name so that it is read as one identifier, whatever is in it. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A name that is not among those taken, compared without case: the wish, with as many `_` before it as it needs. */
export function unusedName(wish: string, taken: Iterable<string>): string {
  const known = new Set([...taken].map((name) => name.toLowerCase()));
  let name = wish;
  while (known.has(name.toLowerCase())) name = `_${name}`;
  return name;
}

/** Writes a value as a string literal. */
export function quoteLiteral(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** The name that an identifier token means: `"a""b"` is `a"b`, a bare word is itself. */
export function unquoteIdentifier(written: string): string {
  return written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written;
}
