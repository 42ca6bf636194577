import type { Json } from '../../protocol/json.js';
import type { ResultColumn } from '../../protocol/result.js';

type Rows = readonly (readonly Json[])[];

/** The items of one JSON array of row objects, a row a line, without its brackets. */
export function* jsonItems(columns: readonly ResultColumn[], rows: Rows): Generator<string> {
  let separator = '';
  for (const object of rowObjects(columns, rows)) {
    yield `${separator}${object}`;
    separator = ',\n';
  }
}

/** A row object a line, without an array around them. */
export function* ndjsonLines(columns: readonly ResultColumn[], rows: Rows): Generator<string> {
  for (const object of rowObjects(columns, rows)) yield `${object}\n`;
}

/**
 * The names of a result's columns as keys of an object: a name that was there before gets a suffix, as
 * `id`, `id_2`, `id_3`.
 */
export function distinctNames(columns: readonly ResultColumn[]): readonly string[] {
  const written = new Set(columns.map((column) => column.name));
  const taken = new Set<string>();
  return columns.map(({ name }) => {
    let distinct = name;
    for (let count = 2; taken.has(distinct) || (distinct !== name && written.has(distinct)); count += 1) {
      distinct = `${name}_${count}`;
    }
    taken.add(distinct);
    return distinct;
  });
}

/** Written by hand, because an object would sort keys that look like numbers to the front. */
function* rowObjects(columns: readonly ResultColumn[], rows: Rows): Generator<string> {
  const keys = distinctNames(columns).map((name) => JSON.stringify(name));
  for (const row of rows) {
    yield `{${keys.map((key, at) => `${key}:${JSON.stringify(row[at] ?? null)}`).join(',')}}`;
  }
}
