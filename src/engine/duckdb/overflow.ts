import { type DuckDBConnection, quotedIdentifier } from '@duckdb/node-api';
import { ProblemError, problem } from '../../protocol/problem.js';
import { EngineError } from '../engine.js';
import { run } from './statements.js';
import { type StorageColumn, sourceOf } from './storageColumns.js';
import { embedded } from './submission.js';

/**
 * Tells whether a write failed because a value has no place in its stored type, which the engine says
 * without naming the column. Runs the query again; undefined where the error has another reason.
 */
export async function overflowIn(
  connection: DuckDBConnection,
  select: string,
  columns: readonly StorageColumn[],
  error: unknown,
): Promise<ProblemError | undefined> {
  if (!isOverflow(error)) return undefined;
  return (
    (await overflowAtTop(connection, select, columns, error)) ??
    (await overflowInside(connection, select, columns, error))
  );
}

async function overflowAtTop(
  connection: DuckDBConnection,
  select: string,
  all: readonly StorageColumn[],
  error: EngineError,
): Promise<ProblemError | undefined> {
  const columns = all.filter(({ overflow }) => overflow === 'top');
  if (columns.length === 0) return undefined;
  const findings = columns.map(({ name, attempted }) => {
    const column = quotedIdentifier(name);
    return `any_value(CAST(${column} AS VARCHAR)) FILTER (${column} IS NOT NULL AND ${attempted} IS NULL)`;
  });
  const query = embedded(`SELECT ${findings.join(', ')} FROM (`, select, `) AS ${sourceOf(all)}`);
  const [values = []] = await (await run(connection, query)).getRows();
  const index = values.findIndex((value) => value !== null);
  const column = columns[index];
  return column && storageProblem(column, `the value ${values[index]}`, error);
}

/** A part of a value becomes NULL without a trace when it is tried, so each such column is converted alone. */
async function overflowInside(
  connection: DuckDBConnection,
  select: string,
  all: readonly StorageColumn[],
  error: EngineError,
): Promise<ProblemError | undefined> {
  for (const column of all.filter(({ overflow }) => overflow === 'inside')) {
    const query = embedded(
      `SELECT bit_xor(hash(${column.converted})) FROM (`,
      select,
      `) AS ${sourceOf(all)}`,
    );
    try {
      await run(connection, query);
    } catch (found) {
      if (!isOverflow(found)) throw found;
      return storageProblem(column, 'a value inside', error);
    }
  }
  return undefined;
}

function isOverflow(error: unknown): error is EngineError {
  return error instanceof EngineError && /out of range for the destination type INT64/.test(error.message);
}

function storageProblem(column: StorageColumn, what: string, error: EngineError): ProblemError {
  const name = quotedIdentifier(column.name);
  return new ProblemError(
    problem('model.storage', `Column ${name} has ${what} that ${column.storedAs} can't hold`, {
      hint: `Keep it in a type that can: CAST(${name} AS ${column.widerType}) AS ${name}`,
      cause: error.message,
    }),
    { cause: error },
  );
}
