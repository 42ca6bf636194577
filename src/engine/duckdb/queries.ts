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

/**
 * Runs one query into a table, which spills to disk when memory is short, and fetches its first rows, in its
 * order. A statement that can't stand in a FROM, as EXPLAIN, is run as it is. Throws EngineError.
 */
export async function fetchFirstRows(
  connection: DuckDBConnection,
  query: string,
  limit: number,
  resultTable: string,
): Promise<QueryRows & { readonly total: number }> {
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
    return { columns: columnsOf(shape), rows: rows.slice(0, limit), total: rows.length };
  }
  const page = verbatim(`SELECT ${fetched(kept).join(', ')} FROM ${resultTable} LIMIT ${Math.trunc(limit)}`);
  const count = verbatim(`SELECT count(*) FROM ${resultTable}`);
  const [[total] = []] = await (await run(connection, count)).getRows();
  return {
    columns: columnsOf(shape),
    rows: await encodedRows(await run(connection, page)),
    total: Number(total),
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
