import { type DuckDBConnection, quotedIdentifier } from '@duckdb/node-api';
import { ProblemError, problem } from '../../protocol/problem.js';
import type { ResultColumn } from '../../protocol/result.js';
import type { SqlParser } from '../../sql/parser.js';
import type { ParquetWrite, ParquetWritten } from '../engine.js';
import { type Write, writeKept } from './copyParquet.js';
import { type SplitFiles, writeSplit } from './dropSplit.js';
import { readFooters } from './footers.js';
import { overflowIn } from './overflow.js';
import { countedIf } from './rowCounts.js';
import { inspect } from './statements.js';
import { asStored, columnsToStore, type StorageColumn } from './storageColumns.js';
import { embedded, withoutFinalSemicolon } from './submission.js';

/** See `EngineSession.writeParquet`. */
export async function writeParquet(
  connection: DuckDBConnection,
  parser: SqlParser,
  request: ParquetWrite,
): Promise<ParquetWritten> {
  const select = withoutFinalSemicolon(request.select);
  const columns = columnsToStore(await inspect(connection, embedded('', select, '')));
  const write = { connection, select, columns, directory: request.directory };
  // An ORDER BY is kept all the same; keeping the order of a scan would cost memory and processor time.
  await connection.run('SET SESSION preserve_insertion_order = false');
  try {
    const files = await writeFiles(write, parser, request);
    await verify(write, files);
    return { columns: columns.map(asStored), ...files };
  } catch (error) {
    throw (await overflowIn(connection, select, columns, error)) ?? error;
  }
}

async function writeFiles(
  write: Write,
  parser: SqlParser,
  { drop, count = false }: ParquetWrite,
): Promise<SplitFiles> {
  if (drop !== undefined) return writeSplit(write, parser, drop, count);
  const { result: kept, counts } = await countedIf(count, write, () => writeKept(write));
  return counts === undefined ? { kept } : { kept, counts };
}

/** What the writer says and what the files say must agree: rows, names and types. */
async function verify(write: Write, files: SplitFiles): Promise<void> {
  for (const file of files.dropped === undefined ? [files.kept] : [files.kept, files.dropped]) {
    const [footer] = await readFooters(write.connection, [file.path]);
    if (footer?.rows !== file.rows) {
      const message = `${file.rows} rows were written, the file has ${footer?.rows}`;
      throw new ProblemError(problem('lake.damaged', message));
    }
    write.columns.forEach((column, index) => {
      requireSame(column, footer.columns[index]);
    });
  }
}

function requireSame(column: StorageColumn, found: ResultColumn | undefined): void {
  if (found?.name === column.name && found.type === column.storedAs) return;
  const name = quotedIdentifier(column.name);
  throw new ProblemError(
    problem('model.storage', `Column ${name} of type ${column.type} would be stored as ${found?.type}`, {
      hint: `Cast it to a type that Parquet has: CAST(${name} AS VARCHAR) AS ${name}`,
    }),
  );
}
