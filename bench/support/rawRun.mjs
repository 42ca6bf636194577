// The bare script: each model by one COPY, one after the other, each file there for the next by a view.
// Its settings are those that a project's build uses.
import { mkdirSync, readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const { memory, spill, models } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
mkdirSync(spill, { recursive: true });
const instance = await DuckDBInstance.create(':memory:', {
  temp_directory: spill,
  ...(memory !== undefined && { memory_limit: memory }),
});
const connection = await instance.connect();
await connection.run("SET TimeZone = 'UTC'");
await connection.run('SET preserve_insertion_order = false');
for (const layer of ['bronze', 'silver', 'gold']) await connection.run(`CREATE SCHEMA ${layer}`);
for (const { name, select, file } of models) {
  await connection.run(`COPY (${select}\n) TO '${file}' (FORMAT parquet, COMPRESSION zstd)`);
  await connection.run(`CREATE VIEW ${name} AS FROM read_parquet('${file}')`);
}
connection.closeSync();
instance.closeSync();
