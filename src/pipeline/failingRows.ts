import type { EngineSession, ExecuteOptions, QueryRows } from '../engine/engine.js';
import type { Check } from '../notebook/checks.js';
import type { Json } from '../protocol/json.js';
import type { FailingRows } from '../protocol/quality.js';
import { formatValue } from '../protocol/wording.js';
import { unquoteIdentifier } from '../sql/names.js';
import { tokenise } from '../sql/tokenise.js';
import { type CheckScope, failingRows } from './checks.js';

/** How many rows of a rule are kept with its run. */
const keptRows = 10;
/** In UTF-16 units of JSON: a run's record stays small, whatever the rows hold. */
const longestValue = 200;
const longestRows = 10_000;
/** How many rows a message shows. */
const shownRows = 3;

/** Finds the first rows that break each of these rules, in as many queries; by the rule's text. */
export async function findFailingRows(
  session: EngineSession,
  broken: readonly Check[],
  source: string,
  scope: CheckScope,
  options: ExecuteOptions,
): Promise<ReadonlyMap<string, FailingRows>> {
  const found = new Map<string, FailingRows>();
  for (const check of broken) {
    const query = failingRows(check, source, scope, keptRows);
    if (query !== undefined) found.set(check.text, capped(check, await session.rows(query, options)));
  }
  return found;
}

/**
 * The first of these rows in one line: what the rule looks at, and the place in a file where the rows have it.
 * Undefined where there is no row.
 */
export function describeFailingRows(check: Check, { columns, rows }: FailingRows): string | undefined {
  if (rows.length === 0) return undefined;
  const names = columns.map(({ name }) => name);
  const [file, record] = ['_file', '_row'].map((origin) => names.findIndex((name) => isSame(name, origin)));
  const looked = check.kind === 'unique' ? names : namedIn(check, names);
  const described = rows.slice(0, shownRows).map((row) => {
    const values = looked
      .map((name) => `${name} = ${formatValue(row[names.indexOf(name)] ?? null)}`)
      .join(', ');
    const place = at(row, file) === null ? '' : ` (${[at(row, file), at(row, record)].join(':')})`;
    return `${values}${place}`;
  });
  return `first: ${described.join('; ')}`;
}

function at(row: readonly Json[], index: number | undefined): Json {
  return index === undefined ? null : (row[index] ?? null);
}

/** Columns that a rule names, in the order of the table. */
function namedIn(check: Check, names: readonly string[]): readonly string[] {
  if ('columns' in check)
    return names.filter((name) => check.columns.some((each) => isSame(each.name, name)));
  if ('column' in check) return names.filter((name) => isSame(check.column.name, name));
  const words = tokenise(check.expression)
    .filter(({ kind }) => kind === 'word' || kind === 'quoted identifier')
    .map(({ start, end }) => unquoteIdentifier(check.expression.slice(start, end)));
  return names.filter((name) => words.some((word) => isSame(word, name)));
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** As many rows as have room; where not even one has, only the columns that tell why it fails and where it is. */
function capped(check: Check, { columns, rows }: QueryRows): FailingRows {
  const whole = { columns, rows: rows.map((row) => row.map(cut)) };
  const [first = []] = whole.rows;
  const narrow = JSON.stringify(first).length > longestRows / 2 ? narrowed(check, whole) : whole;
  let room = longestRows;
  const fitting = narrow.rows.filter((row) => {
    room -= JSON.stringify(row).length;
    return room >= 0;
  });
  return { columns: narrow.columns, rows: fitting };
}

function narrowed(check: Check, { columns, rows }: FailingRows): FailingRows {
  const wanted = [
    ...namedIn(
      check,
      columns.map(({ name }) => name),
    ),
    '_file',
    '_row',
  ];
  const indices = columns.flatMap(({ name }, index) =>
    wanted.some((each) => isSame(each, name)) ? [index] : [],
  );
  const pick = <T>(list: readonly T[]) => indices.flatMap((index) => list.slice(index, index + 1));
  return { columns: pick(columns), rows: rows.map(pick) };
}

function cut(value: Json): Json {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : value;
}
