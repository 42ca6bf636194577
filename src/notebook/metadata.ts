import type { Json } from '../protocol/json.js';

/** The keys that a marker line can hold. */
export const metadataKey = /^[A-Za-z_][\w.-]*$/;

export type MetadataOutcome =
  | { readonly ok: true; readonly entries: ReadonlyMap<string, Json> }
  | { readonly ok: false; readonly message: string };

/** Reads `key=value key=value` with JSON values. */
export function parseMetadata(text: string): MetadataOutcome {
  const entries = new Map<string, Json>();
  const pair = /\s*([A-Za-z_][\w.-]*)=/y;
  for (let at = 0; at < text.length; ) {
    pair.lastIndex = at;
    const key = pair.exec(text)?.[1];
    if (key === undefined)
      return { ok: false, message: `${text.slice(at).trim()} is no metadata of a cell.` };
    const end = valueEnd(text, pair.lastIndex);
    const value = parseJson(text.slice(pair.lastIndex, end));
    if (value === undefined) return { ok: false, message: `The value of ${key} is no JSON.` };
    if (entries.has(key)) return { ok: false, message: `The metadata ${key} is given twice.` };
    entries.set(key, value);
    at = end;
  }
  return { ok: true, entries };
}

/** Where the value that starts here ends: at the first blank outside its brackets and strings. */
function valueEnd(text: string, start: number): number {
  let depth = 0;
  const piece = /"(?:[^"\\]|\\.)*"|[[{]|[\]}]|\s|[^\s"[\]{}]+|"/y;
  piece.lastIndex = start;
  for (let found = piece.exec(text)?.[0]; found !== undefined; found = piece.exec(text)?.[0]) {
    if (found === '[' || found === '{') depth += 1;
    if (found === ']' || found === '}') depth -= 1;
    if (/^\s$/.test(found) && depth <= 0) return piece.lastIndex - 1;
  }
  return text.length;
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Writes `key=value key=value`, each value as JSON with a blank after commas and colons, as Jupytext does. */
export function printMetadata(entries: readonly (readonly [string, Json])[]): string {
  return entries.map(([key, value]) => `${key}=${printJson(value)}`).join(' ');
}

function printJson(value: Json): string {
  if (typeof value !== 'object' || value === null) return printScalar(value);
  if (isList(value)) return `[${value.map(printJson).join(', ')}]`;
  const members = Object.entries(value).map(([key, member]) => `${printScalar(key)}: ${printJson(member)}`);
  return `{${members.join(', ')}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** What other programs take for the end of a line is escaped: a marker is one line for everybody. */
function printScalar(value: string | number | boolean | null): string {
  return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
