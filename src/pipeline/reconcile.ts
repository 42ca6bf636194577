import type { ParquetWritten } from '../engine/engine.js';
import { type Model, placeAt } from '../graph/model.js';
import type { InputFile } from '../lake/manifest.js';
import { type Problem, problem } from '../protocol/problem.js';

/** What was read of one landing pattern. */
export interface LandingFiles {
  readonly files: readonly InputFile[];
  readonly contractHash: string;
}

/**
 * What goes in comes out: rows are counted by the engine, records by our own reading of the files. A problem
 * where the two differ; undefined where they agree, and where the model's shape does not tell.
 */
export function unreconciled(
  model: Model,
  { kept, dropped }: Pick<ParquetWritten, 'kept' | 'dropped'>,
  landing: ReadonlyMap<string, LandingFiles>,
): Problem | undefined {
  const source = landing.get(wholeLanding(model) ?? '');
  if (source === undefined) return undefined;
  const records = recordCount(source);
  const rows = kept.rows + (dropped?.rows ?? 0);
  if (rows === records) return undefined;
  const message = `The files of ${model.name} hold ${records} records, but ${rows} rows were read.`;
  return problem('landing.file', message, {
    hint: 'Nothing of it was published. Look for an unclosed quote or a damaged line in the newest file.',
    place: placeAt(model.position, model.nameSpan),
  });
}

/** The landing pattern whose records are a model's rows, one for one; undefined for every other model. */
function wholeLanding({ references }: Model): string | undefined {
  const { keepsEveryRow, tables, tableFunctions, functions } = references;
  const [call, ...more] = tableFunctions;
  const isWhole = keepsEveryRow && tables.length + more.length + functions.length === 0;
  return isWhole && call?.name.toLowerCase() === 'landing' ? call.args[0] : undefined;
}

/** All records of all files that were read. */
export function recordsOf(landing: ReadonlyMap<string, LandingFiles>): number {
  return [...landing.values()].reduce((sum, source) => sum + recordCount(source), 0);
}

function recordCount({ files }: LandingFiles): number {
  return files.reduce((sum, { records }) => sum + records, 0);
}
