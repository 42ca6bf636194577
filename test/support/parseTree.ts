import { DuckDBInstance } from '@duckdb/node-api';
import type { Json } from '../../src/protocol/json.js';

let connecting: ReturnType<typeof connect> | undefined;

async function connect() {
  return (await DuckDBInstance.create(':memory:')).connect();
}

/** All rows of one query on a DuckDB that the tests of a process share. */
export async function duckdbRows(sql: string, values: string[] = []): Promise<Json[][]> {
  connecting ??= connect();
  return (await (await connecting).runAndReadAll(sql, values)).getRowsJson() as Json[][];
}

/** The tree that DuckDB's own parser gives for a SELECT; throws what the parser says otherwise. */
export async function parseTree(select: string): Promise<Json> {
  const [[text]] = (await duckdbRows('SELECT json_serialize_sql($1::VARCHAR)', [select])) as [[string]];
  const tree = JSON.parse(text) as { error?: boolean; error_message?: string };
  if (tree.error === true) throw new Error(tree.error_message);
  return tree as Json;
}
