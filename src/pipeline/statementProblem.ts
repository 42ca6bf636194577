import type { EngineError } from '../engine/engine.js';
import type { Manifest } from '../lake/manifest.js';
import type { Problem } from '../protocol/problem.js';
import { lakeKey, lakeTableOf } from '../sql/names.js';
import type { References } from '../sql/parser.js';
import type { Rewritten } from '../sql/rewrite.js';
import { type SqlSource, sqlProblem } from './sqlProblem.js';

/** A statement as it was prepared for the engine. */
export interface StatementSource extends Pick<SqlSource, 'text' | 'placeOf'> {
  readonly rewritten: Rewritten;
  /** Undefined where they can't be told. */
  readonly references: References | undefined;
  /** What it was prepared on. */
  readonly manifest: Manifest;
}

/** What a person reads of an engine's error in a prepared statement. */
export function statementProblem(error: EngineError, source: StatementSource): Problem {
  const { text, placeOf, rewritten, references, manifest } = source;
  return sqlProblem(error, {
    text,
    placeOf,
    toOriginal: rewritten.toOriginal,
    columnsBehind: (qualifier) =>
      references === undefined ? [] : columnsBehind(qualifier, references, manifest),
  });
}

/**
 * The columns of the published table that a name before a dot stands for, as `s` in `FROM silver.sales s`;
 * none for what is no table of the lake. The engine, which sees views, proposes none.
 */
function columnsBehind(qualifier: string, { tables }: References, manifest: Manifest): readonly string[] {
  const wanted = qualifier.toLowerCase();
  return tables.flatMap((table) => {
    const named = lakeTableOf(table);
    if (named === undefined || (table.alias ?? table.name).toLowerCase() !== wanted) return [];
    const columns = manifest.tables[lakeKey(named)]?.version.columns ?? [];
    return columns.map(({ name }) => name);
  });
}
