import { type DuckDBConnection, quotedString } from '@duckdb/node-api';
import { ProblemError, problem } from '../../protocol/problem.js';
import { EngineError, type ParquetFooter } from '../engine.js';
import { inspect, run } from './statements.js';
import { verbatim } from './submission.js';
import { typeName } from './types.js';

/** Reads rows and columns from the footers of Parquet files. Throws a ProblemError `lake.damaged`. */
export async function readFooters(
  connection: DuckDBConnection,
  files: readonly string[],
): Promise<readonly ParquetFooter[]> {
  const footers: ParquetFooter[] = [];
  for (const file of files) footers.push(await readFooter(connection, file));
  return footers;
}

async function readFooter(connection: DuckDBConnection, file: string): Promise<ParquetFooter> {
  try {
    const path = quotedString(file);
    const metadata = await run(
      connection,
      verbatim(`SELECT sum(num_rows) FROM parquet_file_metadata(${path})`),
    );
    const [[rows] = []] = await metadata.getRows();
    const { names, types } = await inspect(
      connection,
      verbatim(`FROM read_parquet(${path}, hive_partitioning = false)`),
    );
    const columns = types.map((type, index) => ({ name: names[index] ?? '', type: typeName(type) }));
    return { file, rows: Number(rows), columns };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new ProblemError(
      problem('lake.damaged', `${file} can't be read as a Parquet file`, { cause: error.message }),
      { cause: error },
    );
  }
}
