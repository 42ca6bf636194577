import { type DuckDBConnection, quotedIdentifier } from '@duckdb/node-api';
import type { ResultColumn } from '../../protocol/result.js';
import type { SqlParser } from '../../sql/parser.js';
import type {
  EngineSession,
  ExecuteOptions,
  ParquetWrite,
  ParquetWritten,
  QueryRows,
  RowBlocks,
} from '../engine.js';
import { writeParquet } from './parquet.js';
import { describeQuery, fetchRows, keepResult } from './queries.js';
import { SerialConnection } from './serialConnection.js';
import { inSession } from './sessionScope.js';
import { run } from './statements.js';
import { verbatim } from './submission.js';

/** Out of the search path, so that SHOW TABLES does not list it. */
const resultSchema = 'ratatouille';
const rowsPerBlock = 10_000;

/**
 * A connection with an in-memory catalog of its own as its default. Temporary objects, variables and
 * settings belong to a connection in DuckDB; macros, types and views to a catalog: so nothing is shared.
 */
export class DuckDBSession implements EngineSession {
  readonly #connection: SerialConnection;
  readonly #catalog: string;
  readonly #parser: SqlParser;
  readonly #detach: (catalog: string) => Promise<void>;

  private constructor(
    connection: SerialConnection,
    catalog: string,
    parser: SqlParser,
    detach: (catalog: string) => Promise<void>,
  ) {
    this.#connection = connection;
    this.#catalog = catalog;
    this.#parser = parser;
    this.#detach = detach;
  }

  /** Makes the catalog `session_<number>`; `detach` must remove it once the connection is closed. */
  static async open(
    native: DuckDBConnection,
    number: number,
    parser: SqlParser,
    detach: (catalog: string) => Promise<void>,
  ): Promise<DuckDBSession> {
    const catalog = `session_${number}`;
    // Without the bar there is no progress to poll; printed, it would go to the process's own output.
    await native.run(
      `ATTACH ':memory:' AS ${catalog}; USE ${catalog}; CREATE SCHEMA ${resultSchema};
       SET SESSION enable_progress_bar_print = false; SET SESSION enable_progress_bar = true`,
    );
    return new DuckDBSession(new SerialConnection(native), catalog, parser, detach);
  }

  async execute(sql: string, options?: ExecuteOptions): Promise<void> {
    await this.#connection.run(async (native) => {
      const sent = inSession(sql);
      return run(native, { sql: sent, text: sql, start: sent.length - sql.length });
    }, options);
  }

  describe(query: string, options?: ExecuteOptions): Promise<readonly ResultColumn[]> {
    return this.#connection.run((native) => describeQuery(native, query), options);
  }

  rows(query: string, options?: ExecuteOptions): Promise<QueryRows> {
    return this.#connection.run((native) => fetchRows(native, query), options);
  }

  firstRows(
    query: string,
    limit: number,
    options?: ExecuteOptions,
  ): Promise<QueryRows & { readonly total: number }> {
    return this.#connection.run(async (native) => {
      const { columns, total, rows } = await keepResult(native, query, this.#resultTable);
      return { columns, total, rows: await rows(native, 0, Math.min(Math.trunc(limit), total)) };
    }, options);
  }

  async rowBlocks(query: string, limit: number, options?: ExecuteOptions): Promise<RowBlocks> {
    const kept = await this.#connection.run(
      (native) => keepResult(native, query, this.#resultTable),
      options,
    );
    const count = Math.min(Math.trunc(limit), kept.total);
    const fetch = (from: number) =>
      this.#connection.run(
        (native) => kept.rows(native, from, Math.min(from + rowsPerBlock, count)),
        options,
      );
    async function* blocks() {
      for (let from = 0; from < count; from += rowsPerBlock) yield await fetch(from);
    }
    return { columns: kept.columns, total: kept.total, count, blocks: blocks() };
  }

  async defineView(schema: string, name: string, query: string, options?: ExecuteOptions): Promise<void> {
    const inSchema = `${this.#catalog}.${quotedIdentifier(schema)}`;
    const view = `${inSchema}.${quotedIdentifier(name)}`;
    await this.#connection.run(async (native) => {
      await run(native, verbatim(`CREATE SCHEMA IF NOT EXISTS ${inSchema}`));
      await run(native, verbatim(`CREATE OR REPLACE VIEW ${view} AS ${query}`));
    }, options);
  }

  writeParquet(request: ParquetWrite, options?: ExecuteOptions): Promise<ParquetWritten> {
    return this.#connection.run((native) => writeParquet(native, this.#parser, request), options);
  }

  get #resultTable(): string {
    return `${this.#catalog}.${resultSchema}.result`;
  }

  async close(): Promise<void> {
    if (await this.#connection.close()) await this.#detach(this.#catalog);
  }
}
