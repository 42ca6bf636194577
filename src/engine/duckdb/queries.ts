import {
  type DuckDBConnection,
  type DuckDBMaterializedResult,
  type DuckDBType,
  quotedIdentifier,
} from '@duckdb/node-api';
import type { ResultColumn } from '../../protocol/result.js';
import { EngineError, type QueryRows } from '../engine.js';
import { conversion } from './conversion.js';
import { inspect, run, type Shape } from './statements.js';
import { namedFields } from './storage.js';
import { embedded, type Submission, verbatim, withoutFinalSemicolon } from './submission.js';
import { rewriteType, typeName } from './types.js';
import { encodeValue, fetchedType } from './values.js';

/** The columns of one query, bound but not run. Throws EngineError. */
export async function describeQuery(
  connection: DuckDBConnection,
  query: string,
): Promise<readonly ResultColumn[]> {
  return columnsOf(await inspect(connection, embedded('', query, '')));
}

/** Runs one query and fetches all its rows, in its order. Throws EngineError. */
export async function fetchRows(connection: DuckDBConnection, query: string): Promise<QueryRows> {
  await keepOrder(connection);
  const shape = await inspect(connection, embedded('', query, ''));
  const wrapped = wrap(fetched(shape.types), query, shape.types, '');
  const result = (await runIfWrappable(connection, wrapped)) ?? (await runAsIs(connection, query));
  return { columns: columnsOf(shape), rows: await encodedRows(result) };
}

/** A query's result at rest, of which rows can be fetched. */
export interface KeptResult {
  readonly columns: readonly ResultColumn[];
  readonly total: number;
  /** The rows from one position up to another, in the query's order. */
  readonly rows: (connection: DuckDBConnection, from: number, to: number) => Promise<QueryRows['rows']>;
}

/**
 * Runs one query into a table, which spills to disk when memory is short. A statement that can't stand in a
 * FROM, as EXPLAIN, is run as it is. Throws EngineError.
 */
export async function keepResult(
  connection: DuckDBConnection,
  query: string,
  resultTable: string,
): Promise<KeptResult> {
  await keepOrder(connection);
  await connection.run(`DROP TABLE IF EXISTS ${resultTable}`);
  const shape = await inspect(connection, embedded('', query, ''));
  const kept = shape.types.map((type) => rewriteType(type, namedFields));
  const columns = kept.map(
    (type, index) => `${conversion(alias(index), shape.types[index] ?? type, type)} AS ${alias(index)}`,
  );
  const create = wrap(columns, query, shape.types, `CREATE TABLE ${resultTable} AS `);
  if ((await runIfWrappable(connection, create)) === undefined) {
    const rows = await encodedRows(await runAsIs(connection, query));
    return {
      columns: columnsOf(shape),
      total: rows.length,
      rows: async (_connection, from, to) => rows.slice(from, to),
    };
  }
  const select = `SELECT ${fetched(kept).join(', ')} FROM ${resultTable}`;
  const count = verbatim(`SELECT count(*) FROM ${resultTable}`);
  const [[total] = []] = await (await run(connection, count)).getRows();
  return {
    columns: columnsOf(shape),
    total: Number(total),
    // By number instead of OFFSET, which would read all the rows before as well.
    rows: async (reader, from, to) =>
      encodedRows(await run(reader, verbatim(`${select} WHERE rowid >= ${from} AND rowid < ${to}`))),
  };
}

async function keepOrder(connection: DuckDBConnection): Promise<void> {
  await connection.run('SET SESSION preserve_insertion_order = true');
}

function columnsOf({ names, types }: Shape): readonly ResultColumn[] {
  return types.map((type, index) => ({ name: names[index] ?? '', type: typeName(type) }));
}

/** Columns get names of ours, since a query in a FROM must not have one name twice. */
function wrap(
  expressions: readonly string[],
  query: string,
  types: readonly DuckDBType[],
  before: string,
): Submission {
  const aliases = types.map((_, index) => alias(index)).join(', ');
  const select = `${before}SELECT ${expressions.join(', ')} FROM (`;
  return embedded(select, withoutFinalSemicolon(query), `) AS query(${aliases})`);
}

function alias(index: number): string {
  return quotedIdentifier(`c${index}`);
}

function fetched(types: readonly DuckDBType[]): readonly string[] {
  return types.map((type, index) => conversion(alias(index), type, fetchedType(type)));
}

/** Undefined for a statement that can't stand in a FROM: it has been bound alone, so its syntax is right. */
async function runIfWrappable(
  connection: DuckDBConnection,
  wrapped: Submission,
): Promise<DuckDBMaterializedResult | undefined> {
  try {
    return await run(connection, wrapped);
  } catch (error) {
    if (error instanceof EngineError && error.details.type === 'Parser') return undefined;
    throw error;
  }
}

function runAsIs(connection: DuckDBConnection, query: string): Promise<DuckDBMaterializedResult> {
  return run(connection, embedded('', query, ''));
}

function encodedRows(result: DuckDBMaterializedResult): Promise<QueryRows['rows']> {
  return result.convertRows(encodeValue);
}
