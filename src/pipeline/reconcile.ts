import type { ParquetWritten, RowCounts } from '../engine/engine.js';
import { type Model, placeAt } from '../graph/model.js';
import type { GraphNode } from '../graph/node.js';
import type { InputFile, Manifest, TableEntry } from '../lake/manifest.js';
import { type Problem, problem } from '../protocol/problem.js';
import type { RowEquation } from '../protocol/quality.js';
import { describeEquation } from '../protocol/wording.js';
import { lakeKey, lakeTableOf } from '../sql/names.js';
import type { RowShape, RowSource } from '../sql/rowShape.js';

/** What was read of one landing pattern. */
export interface LandingFiles {
  readonly files: readonly InputFile[];
  readonly contractHash: string;
}

type Countable = Extract<RowShape, { readonly countable: true }>;
type Written = Pick<ParquetWritten, 'kept' | 'dropped' | 'counts'>;

/** What a model's rows are counted against. */
export interface RowSources {
  /** Of the snapshot that the model was built from. */
  readonly manifest: Manifest;
  /** By pattern. */
  readonly landing: ReadonlyMap<string, LandingFiles>;
}

/** What a model does with the rows of its source; a macro can do anything with them. */
export function shapeOf({ model, session }: GraphNode): RowShape {
  const { functions } = model.references;
  const macro = session.find(({ kind, name }) => kind === 'macro' && functions.includes(name));
  return macro === undefined
    ? model.references.shape
    : { countable: false, why: `the macro ${macro.name} can do anything with rows` };
}

/** Tells whether the engine must count the rows on their way: where all of them arrive, the files say it. */
export function needsCounts(shape: RowShape): boolean {
  return shape.countable && (shape.filters || shape.deduplicates);
}

/** Tells whether a model is all records of one landing pattern with all their columns, and perhaps more. */
export function readsEveryRecord(node: GraphNode): boolean {
  const shape = shapeOf(node);
  if (!shape.countable || shape.filters || shape.deduplicates || node.session.length > 0) return false;
  if (shape.source.kind !== 'function' || shape.source.name !== 'landing') return false;
  const { normalised } = node.model;
  return (
    /^(select ?\* ?)?from landing ?\(/i.test(normalised) &&
    !/\bselect\b/i.test(normalised.slice('select'.length))
  );
}

/** The table of the lake that a model reads alone; undefined where it reads more, something else or a view. */
export function onlyTable(shape: RowShape, manifest: Manifest): TableEntry | undefined {
  const entry = shape.countable ? entryOf(shape.source, manifest) : undefined;
  return entry?.form === 'table' ? entry : undefined;
}

/** What became of the rows that went into a model: the source as its own record has it, the rest as counted since. */
export function equationOf(node: GraphNode, written: Written, sources: RowSources): RowEquation {
  const shape = shapeOf(node);
  const arrived = { out: written.kept.rows, quarantined: written.dropped?.rows ?? 0 };
  if (!shape.countable) return { ...arrived, unknown: shape.why };
  const read = rowsOf(shape.source, sources);
  if (typeof read === 'string') return { ...arrived, unknown: read };
  const rejected = rejectedIn(shape.source, sources);
  const left = leftOut(shape, read - rejected, arrived.out + arrived.quarantined, written);
  return { in: read, ...arrived, ...(rejected > 0 && { rejected }), ...left };
}

/** The problem of an equation that does not hold; undefined where it holds, or can't be told. */
export function unreconciled(model: Model, equation: RowEquation): Problem | undefined {
  if (equation.holds !== false) return undefined;
  const reads = model.references.shape;
  const isLanding = reads.countable && reads.source.kind === 'function';
  return problem(
    'model.unreconciled',
    `The rows of ${model.name} don't add up: ${describeEquation(equation)}.`,
    {
      hint: `Nothing of it was published. ${isLanding ? inFiles : inEngine}`,
      place: placeAt(model.position, model.nameSpan),
    },
  );
}

const inFiles = 'Look for an unclosed quote or a damaged line in the newest file.';
const inEngine = 'Run again; if it stays, report it: no SQL and no data may lead to this.';

/** All records of all files that were read. */
export function recordsOf(landing: ReadonlyMap<string, LandingFiles>): number {
  return [...landing.values()].reduce((sum, source) => sum + recordCount(source), 0);
}

/** How many rows a source has, or why that is not known. */
function rowsOf(source: RowSource, { manifest, landing }: RowSources): number | string {
  if (source.kind === 'function') {
    const files = source.name === 'landing' ? landing.get(source.argument ?? '') : undefined;
    return files === undefined ? `the rows of ${source.name}() are not counted` : recordCount(files);
  }
  const entry = entryOf(source, manifest);
  if (entry === undefined) return `${source.name} is no table of the lake`;
  return entry.form === 'table' ? entry.version.rows : `${entry.name} is a view, whose rows are not counted`;
}

/** How many records of a source are no rows of it. */
function rejectedIn(source: RowSource, { landing }: RowSources): number {
  const files = source.kind === 'function' ? landing.get(source.argument ?? '') : undefined;
  return files === undefined ? 0 : rejectedOf(files);
}

/** How many of the records that were read do not fit their contract. */
export function rejectedOf({ files }: Pick<LandingFiles, 'files'>): number {
  return files.reduce((sum, { rejected = 0 }) => sum + rejected, 0);
}

function entryOf(source: RowSource, { tables }: Manifest): TableEntry | undefined {
  const named = source.kind === 'table' ? lakeTableOf(source) : undefined;
  return named === undefined ? undefined : tables[lakeKey(named)];
}

function leftOut(
  shape: Countable,
  read: number,
  arrived: number,
  { counts }: Written,
): Pick<RowEquation, 'filtered' | 'deduplicated' | 'holds' | 'unknown'> {
  if (!shape.filters && !shape.deduplicates) return { holds: read === arrived };
  if (counts === undefined) return { unknown: 'the engine did not count its rows' };
  const { given } = counts;
  const deduplicated = shape.deduplicates ? deduplicatedOf(shape, read, counts) : 0;
  if (deduplicated === undefined) return { unknown: 'the engine did not count what it left out' };
  const filtered = read - deduplicated - given;
  return {
    ...(shape.filters && { filtered }),
    ...(shape.deduplicates && { deduplicated }),
    holds: given === arrived && (shape.filters ? filtered >= 0 : filtered === 0),
  };
}

/**
 * Where no row or every row came out, the engine may not even have looked for duplicates. A filter above files
 * stands above the window that numbers their records, so it can't be told from QUALIFY.
 */
function deduplicatedOf({ filters, source }: Countable, read: number, counts: RowCounts): number | undefined {
  if (filters && source.kind === 'function') return undefined;
  if (counts.deduplicated !== undefined || counts.given > 0) {
    return read === counts.given ? 0 : counts.deduplicated;
  }
  return filters ? 0 : read;
}

/** How many records the files of a pattern have. */
export function recordCount({ files }: Pick<LandingFiles, 'files'>): number {
  return files.reduce((sum, { records }) => sum + records, 0);
}
