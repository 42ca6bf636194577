// A time counts only when the result is right: the same rows in every table, in any order.
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** Throws unless the plain files of the project hold what the bare script wrote; `files` is by model. */
export async function requireSameTables(project, files) {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    for (const [name, raw] of Object.entries(files)) {
      const ours = join(project, 'data', `${name.replace('.', '/')}.parquet`);
      const [left, right] = [await digest(connection, ours), await digest(connection, raw)];
      if (left !== right) throw new Error(`${name} differs: ours ${left}, raw ${right}`);
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Column names, number of rows and the sum of their hashes. */
async function digest(connection, file) {
  const result = await connection.run(
    `SELECT count(*), sum(hash(t)::HUGEINT) FROM read_parquet('${file}') AS t`,
  );
  const described = await connection.run(`DESCRIBE FROM read_parquet('${file}')`);
  const columns = (await described.getRows()).map(([name, type]) => `${name} ${type}`);
  const [row] = await result.getRows();
  return `${row.join(' rows, hash ')} (${columns.join(', ')})`;
}
