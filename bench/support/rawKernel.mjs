// The bare child: one query, one answer.
import { DuckDBInstance } from '@duckdb/node-api';

process.once('message', async (query) => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(query);
  process.send(reader.getRowsJson(), () => process.disconnect());
});
