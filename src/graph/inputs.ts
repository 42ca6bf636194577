import type { Layer } from '../protocol/layer.js';
import type { Span } from '../protocol/text.js';
import { lakeKey, lakeTableOf, parseLakeTable } from '../sql/names.js';
import type { References, TableFunctionReference } from '../sql/parser.js';
import type { Model, SessionStatement, StatementPosition } from './model.js';

/** One table of the lake that a model reads, itself or by a session statement it uses. */
export interface TableInput {
  /** `layer.name` in lower case. */
  readonly key: string;
  /** As written. */
  readonly name: string;
  readonly layer: Layer;
  readonly position: StatementPosition;
  /** In the cell's text of `position`. */
  readonly span: Span;
  /** Only a check looks at its rows: they are none of the model's. */
  readonly forCheck?: true;
}

export interface LandingInput {
  /** Undefined where the argument is no string literal. */
  readonly pattern: string | undefined;
  readonly position: StatementPosition;
  readonly span: Span;
}

/** What a model reads, with the session statements it uses. */
export interface ModelInputs {
  readonly tables: readonly TableInput[];
  readonly landing: readonly LandingInput[];
  /** Tables whose quarantine or rejects are read, by `quarantine('layer.name')` or `rejects('layer.name')`: keys. */
  readonly keptRows: readonly string[];
  /** Local files read by another way than `landing()`: the literal paths as written. */
  readonly outsideFiles: readonly string[];
  /** Why the model is built in every run: calls such as `now`. Empty when it is not. */
  readonly volatile: readonly string[];
  /** Why its checks are judged in every run although its rows stay, as `now` or `fresh`. Empty when they are not. */
  readonly volatileChecks: readonly string[];
}

/** Table functions of DuckDB 1.5.5 whose first argument is a file. */
const fileReaders = new Set([
  'read_csv',
  'read_csv_auto',
  'read_parquet',
  'parquet_scan',
  'read_json',
  'read_json_auto',
  'read_json_objects',
  'read_json_objects_auto',
  'read_ndjson',
  'read_ndjson_auto',
  'read_ndjson_objects',
  'read_text',
  'read_blob',
  'read_duckdb',
  'sniff_csv',
  'parquet_bloom_probe',
  'parquet_file_metadata',
  'parquet_full_metadata',
  'parquet_kv_metadata',
  'parquet_metadata',
  'parquet_schema',
  'glob',
]);

interface Source {
  readonly references: References;
  readonly position: StatementPosition;
  readonly start: number;
}

/** Collects a model's inputs from its SELECT and the session statements it uses. */
export function inputsOf(model: Model, session: readonly SessionStatement[]): ModelInputs {
  const sources: readonly Source[] = [
    ...session.map(({ references, position, start }) => ({ references, position, start })),
    { references: model.references, position: model.position, start: model.selectStart },
  ];
  const read = sources.flatMap((source) => [...tablesOf(source), ...tablesOfKeptRows(source)]);
  const volatileChecks = model.checks.filter(({ volatile }) => volatile !== undefined);
  const changing = (isDropping: boolean) =>
    volatileChecks.flatMap(({ action, volatile }) =>
      (action === 'drop') === isDropping ? (volatile ?? []) : [],
    );
  return {
    tables: [...read, ...tablesOfChecks(model, read)],
    landing: sources.flatMap(landingOf),
    keptRows: sources.flatMap(({ references }) => keptRowsCalls(references).flatMap(firstLiteral)),
    outsideFiles: [...new Set(sources.flatMap(({ references }) => outsideFilesOf(references)))],
    volatile: [
      ...new Set([
        ...sources.flatMap(({ references }) => volatileOf(references)),
        // Which rows are dropped then changes too.
        ...changing(true),
      ]),
    ],
    volatileChecks: [...new Set(changing(false))],
  };
}

function tablesOf({ references, position, start }: Source): TableInput[] {
  return references.tables.flatMap((table) => {
    const named = lakeTableOf(table);
    if (named === undefined) return [];
    const { layer } = named;
    const span = { start: start + table.span.start, end: start + table.span.end };
    return [{ key: lakeKey(named), name: `${layer}.${named.name}`, layer, position, span }];
  });
}

/** The tables that only `references(…)` looks at. In its own table a check sees the rows to be published. */
function tablesOfChecks({ checks, position, key: own }: Model, read: readonly TableInput[]): TableInput[] {
  const known = new Set([own, ...read.map(({ key }) => key)]);
  return checks.flatMap((check) => {
    if (check.kind !== 'references') return [];
    const { table } = check;
    const key = lakeKey(table);
    if (known.has(key)) return [];
    known.add(key);
    const name = `${table.layer}.${table.name}`;
    return [{ key, name, layer: table.layer, position, span: table.span, forCheck: true as const }];
  });
}

/** A quarantine and rejects change with their table, so a model that reads them is below that table too. */
function tablesOfKeptRows({ references, position, start }: Source): TableInput[] {
  return keptRowsCalls(references).flatMap((call) => {
    const table = parseLakeTable(call.args[0] ?? '');
    if (table === undefined) return [];
    const span = { start: start + call.span.start, end: start + call.span.end };
    return [
      { key: lakeKey(table), name: `${table.layer}.${table.name}`, layer: table.layer, position, span },
    ];
  });
}

function landingOf({ references, position, start }: Source): LandingInput[] {
  return calls(references, 'landing').map((call) => ({
    pattern: call.args.length === 1 ? call.args[0] : undefined,
    position,
    span: { start: start + call.span.start, end: start + call.span.end },
  }));
}

function outsideFilesOf(references: References): string[] {
  const named = references.tables
    .filter((table) => table.schema === undefined && isFileName(table.name))
    .map((table) => table.name);
  const read = references.tableFunctions
    .filter((call) => fileReaders.has(call.name.toLowerCase()))
    .flatMap(firstLiteral);
  return [...named, ...read].filter((path) => !isRemote(path));
}

function volatileOf(references: References): string[] {
  const unreadable = references.tableFunctions
    .filter((call) => fileReaders.has(call.name.toLowerCase()))
    .filter((call) => call.args[0] === undefined || isRemote(call.args[0]))
    .map((call) => call.name.toLowerCase());
  const remote = references.tables.filter((table) => isRemote(table.name)).map((table) => table.name);
  // Runs that fail leave rejects too, and what is kept of earlier runs goes after a while.
  const ofRuns = keptRowsCalls(references).flatMap(({ name, named }) =>
    'run' in named ? `${name}(run => …)` : [],
  );
  return [...references.volatile, ...unreadable, ...remote, ...ofRuns];
}

/** The engine reads an unqualified name that looks like a file as that file. */
export function isFileName(name: string): boolean {
  return /\.(csv|tsv|txt|parquet|json|jsonl|ndjson)(\.gz|\.zst)?$/i.test(name);
}

function isRemote(path: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(path);
}

function calls(references: References, name: string): readonly TableFunctionReference[] {
  return references.tableFunctions.filter((call) => call.name.toLowerCase() === name);
}

function keptRowsCalls(references: References): readonly TableFunctionReference[] {
  return [...calls(references, 'quarantine'), ...calls(references, 'rejects')];
}

function firstLiteral(call: TableFunctionReference): string[] {
  const first = call.args[0];
  return first === undefined ? [] : [first];
}
