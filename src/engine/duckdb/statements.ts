import type {
  DuckDBConnection,
  DuckDBExtractedStatements,
  DuckDBMaterializedResult,
  DuckDBPreparedStatement,
  DuckDBResult,
  DuckDBType,
  StatementType,
} from '@duckdb/node-api';
import { EngineError } from '../engine.js';
import { runInBackground } from './background.js';
import { toEngineError } from './errors.js';
import type { Submission } from './submission.js';

/** What binding a statement tells, without running it. */
export interface Shape {
  readonly statementType: StatementType;
  /** As written, so that a name may stand there twice. */
  readonly names: readonly string[];
  readonly types: readonly DuckDBType[];
}

/** Binds one statement. Throws EngineError. */
export function inspect(connection: DuckDBConnection, submission: Submission): Promise<Shape> {
  return withPrepared(connection, submission, async (prepared) => ({
    statementType: prepared.statementType,
    names: Array.from({ length: prepared.columnCount }, (_, index) => prepared.columnName(index)),
    types: Array.from({ length: prepared.columnCount }, (_, index) => prepared.columnType(index)),
  }));
}

/** Runs one statement to its end; its whole result is in memory. Throws EngineError. */
export function run(connection: DuckDBConnection, submission: Submission): Promise<DuckDBMaterializedResult> {
  return withPrepared(connection, submission, (prepared) => prepared.run());
}

/** Runs one statement that may take long, and needs no thread of its own meanwhile. Throws EngineError. */
export function runLong(connection: DuckDBConnection, submission: Submission): Promise<DuckDBResult> {
  return withPrepared(connection, submission, runInBackground);
}

async function withPrepared<T>(
  connection: DuckDBConnection,
  submission: Submission,
  use: (prepared: DuckDBPreparedStatement) => Promise<T>,
): Promise<T> {
  try {
    const prepared = await prepareLast(connection, submission);
    try {
      refuseParameters(prepared);
      return await use(prepared);
    } finally {
      prepared.destroySync();
    }
  } catch (error) {
    throw toEngineError(error, submission);
  }
}

/** The engine makes several statements of a PIVOT without IN: one creates an enum that the last one uses. */
async function prepareLast(
  connection: DuckDBConnection,
  submission: Submission,
): Promise<DuckDBPreparedStatement> {
  const statements = await extract(connection, submission);
  for (let index = 0; index < statements.count - 1; index += 1) {
    const prepared = await statements.prepare(index);
    await prepared.run();
    prepared.destroySync();
  }
  return statements.prepare(statements.count - 1);
}

async function extract(
  connection: DuckDBConnection,
  { sql, text }: Submission,
): Promise<DuckDBExtractedStatements> {
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    throw new EngineError(`The text contains a NUL character, at which the engine would end it`, {
      type: 'Parser',
      offset: nul,
    });
  }
  try {
    return await connection.extractStatements(sql);
  } catch (error) {
    const isEmpty = error instanceof Error && error.message === 'Error in native callback';
    if (!isEmpty) throw error;
    throw new EngineError('There is no statement in the text', { type: 'Parser' }, { cause: error });
  }
}

function refuseParameters(prepared: DuckDBPreparedStatement): void {
  if (prepared.parameterCount === 0) return;
  throw new EngineError(`The statement has a parameter without a value: $${prepared.parameterName(1)}`, {
    type: 'Binder',
  });
}
