import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  EngineError,
  type EngineSession,
  type ExecuteOptions,
  type QueryRows,
  type RowBlocks,
} from '../engine/engine.js';
import { type SessionStatements, usedStatements } from '../graph/sessionUse.js';
import type { Snapshot } from '../lake/snapshot.js';
import { type Place, ProblemError } from '../protocol/problem.js';
import type { Span } from '../protocol/text.js';
import { lakeKey, lakeTableOf, quoteLiteral } from '../sql/names.js';
import type { References } from '../sql/parser.js';
import { type EmbeddedQuery, sourceOffset } from '../sql/statement.js';
import type { PipelineContext } from './context.js';
import { emptyDirectory } from './emptyDirectory.js';
import { knownRowCount } from './knownRowCount.js';
import { missingTable } from './missingTable.js';
import { missingVersion } from './missingVersion.js';
import { openSession } from './openSession.js';
import { RecordsApart } from './recordsApart.js';
import { mapReferences } from './references.js';
import { type PreparedStatement, SessionCatalog } from './sessionCatalog.js';
import { statementProblem } from './statementProblem.js';

/** One statement as somebody runs it, outside any model. */
export interface AdHocStatement {
  readonly text: string;
  /** The SELECT in it whose references count; spans into `text`. Absent where there is none. */
  readonly query: EmbeddedQuery | undefined;
  /** Turns a span of `text` into a place. */
  readonly placeOf: (span: Span) => Place;
}

/** What a statement may refer to besides the published tables. */
export interface Surroundings {
  readonly sessions: SessionStatements;
  /** Keys of models that may not have been built yet. */
  readonly models: ReadonlySet<string>;
}

interface Ready {
  readonly prepared: PreparedStatement;
  readonly snapshot: Snapshot;
  readonly references: References | undefined;
}

/** A long-lived session for queries: what a notebook talks to, and what `ratatouille query` opens. */
export class QuerySession {
  readonly #catalog: SessionCatalog;
  readonly #apart: RecordsApart;

  private constructor(
    private readonly context: PipelineContext,
    private readonly session: EngineSession,
  ) {
    this.#apart = new RecordsApart(context, join(tmpdir(), `ratatouille-query-${randomUUID()}`));
    this.#catalog = new SessionCatalog(context, session, context.now(), this.#apart);
  }

  static async open(context: PipelineContext): Promise<QuerySession> {
    return new QuerySession(context, await openSession(context));
  }

  /** Runs a query to its end on one snapshot of the lake. Throws a ProblemError with its place. */
  query(
    statement: AdHocStatement,
    limit: number,
    options: ExecuteOptions,
    surroundings: Surroundings,
  ): Promise<QueryRows & { readonly total: number }> {
    return this.#run(statement, surroundings, options, async (sql, ready) => {
      const { wanted, known } = limited(sql, ready, limit);
      return { ...(await this.session.firstRows(wanted, limit, options)), ...known };
    });
  }

  /** Runs a query as {@link query} does, and hands its rows to `read` block by block. Throws what `read` throws, too. */
  readBlocks<T>(
    statement: AdHocStatement,
    limit: number,
    options: ExecuteOptions,
    surroundings: Surroundings,
    read: (result: RowBlocks) => Promise<T>,
  ): Promise<T> {
    return this.#run(statement, surroundings, options, async (sql, ready) => {
      const { wanted, known } = limited(sql, ready, limit);
      return read({ ...(await this.session.rowBlocks(wanted, limit, options)), ...known });
    });
  }

  /** Writes a query's rows as one Parquet file into an empty directory. Throws a ProblemError with its place. */
  writeParquet(
    statement: AdHocStatement,
    directory: string,
    options: ExecuteOptions,
    surroundings: Surroundings,
  ) {
    return this.#run(statement, surroundings, options, async (select) => {
      await emptyDirectory(directory);
      return this.session.writeParquet({ select, directory }, options);
    });
  }

  /** The same as one CSV file, as RFC 4180 has it, in UTF-8: NULL is an empty field, the empty text is `""`. */
  writeCsv(
    statement: AdHocStatement,
    directory: string,
    options: ExecuteOptions,
    surroundings: Surroundings,
  ): Promise<{ readonly path: string; readonly rows: number }> {
    return this.#run(statement, surroundings, options, async (select) => {
      await emptyDirectory(directory);
      const path = join(directory, 'rows.csv');
      const copy = `COPY (${select}\n) TO ${quoteLiteral(path)} (FORMAT csv, HEADER true)`;
      const [[count] = []] = (await this.session.rows(copy, options)).rows;
      return { path, rows: Number(count) };
    });
  }

  /** Runs a statement that returns nothing to show. Throws a ProblemError with its place. */
  execute(statement: AdHocStatement, options: ExecuteOptions, surroundings: Surroundings): Promise<void> {
    return this.#run(statement, surroundings, options, (sql) => this.session.execute(sql, options));
  }

  async close(): Promise<void> {
    await this.session.close();
    await this.#apart.close();
  }

  async #run<T>(
    statement: AdHocStatement,
    surroundings: Surroundings,
    options: ExecuteOptions,
    work: (sql: string, ready: Ready) => Promise<T>,
  ): Promise<T> {
    this.#apart.forget();
    try {
      for (;;) {
        const result = await this.#attempt(statement, surroundings, options, work);
        if (result !== undefined) return result.value;
      }
    } finally {
      this.#catalog.stop();
    }
  }

  /** Undefined when records of landing files were set apart meanwhile: then it is tried again without them. */
  async #attempt<T>(
    statement: AdHocStatement,
    surroundings: Surroundings,
    options: ExecuteOptions,
    work: (sql: string, ready: Ready) => Promise<T>,
  ): Promise<{ readonly value: T } | undefined> {
    let ready: Ready | undefined;
    try {
      ready = await this.#prepare(statement, surroundings, options);
      return { value: await work(ready.prepared.rewritten.text, ready) };
    } catch (error) {
      const source = this.#catalog.sourceAtFault(error);
      if (source !== undefined && (await this.#apart.look(source, options)) !== undefined) return undefined;
      if (ready !== undefined) throw await this.#explained(error, statement, ready, surroundings);
      const explained = error instanceof EngineError ? await source?.explain(error) : undefined;
      throw explained === undefined ? error : new ProblemError(explained, { cause: error });
    }
  }

  async #prepare(
    { text, query, placeOf }: AdHocStatement,
    { sessions, models }: Surroundings,
    { signal }: ExecuteOptions,
  ): Promise<Ready> {
    const snapshot = await this.context.lake.snapshot();
    const [analysis] = query === undefined ? [] : await this.context.analyst.analyse([query.text]);
    if (query === undefined || !analysis?.ok) {
      await this.#catalog.defineAll({ snapshot, sessions, signal });
      const prepared = { rewritten: { text, toOriginal: (offset: number) => offset } };
      return { prepared, snapshot, references: undefined };
    }
    const references = mapReferences(analysis.references, (offset) => sourceOffset(query, offset));
    for (const table of references.tables) {
      const named = lakeTableOf(table);
      const key = named === undefined ? undefined : lakeKey(named);
      if (key === undefined) continue;
      const entry = snapshot.manifest.tables[key];
      if (entry === undefined)
        throw new ProblemError(missingTable(key, snapshot.manifest, models, placeOf(table.span)));
      const missing = table.at && missingVersion(key, entry, table.at.version, placeOf(table.at.span));
      if (missing !== undefined) throw new ProblemError(missing);
    }
    const used = usedStatements(references, sessions.shared);
    const prepared = await this.#catalog.prepare(text, references, used, { snapshot, sessions, signal });
    // Only a statement that is its query, as no EXPLAIN is, has the query's rows.
    return { prepared, snapshot, references: query.text === text ? references : undefined };
  }

  async #explained(
    error: unknown,
    { text, placeOf }: AdHocStatement,
    { prepared, snapshot, references }: Ready,
    { models }: Surroundings,
  ): Promise<unknown> {
    if (!(error instanceof EngineError)) return error;
    if (error.details.type === 'IO') {
      const [damage] = await this.context.lake.findDamage(snapshot.manifest);
      if (damage !== undefined) return new ProblemError(damage.problem, { cause: error });
    }
    const landingProblem = await this.#catalog.explain(error);
    if (landingProblem !== undefined) return new ProblemError(landingProblem, { cause: error });
    const { manifest } = snapshot;
    const found = statementProblem(error, { text, placeOf, references, manifest, ...prepared });
    const { missing, missingKind } = error.details;
    if (missingKind !== 'Table' || missing === undefined || missing.includes('.')) {
      return new ProblemError(found, { cause: error });
    }
    const place = found.place ?? {};
    return new ProblemError(missingTable(missing, snapshot.manifest, models, place), { cause: error });
  }
}

/** Where the number of rows is known beforehand, no more of them than are wanted have to be computed. */
function limited(
  sql: string,
  { references, snapshot }: Ready,
  limit: number,
): { readonly wanted: string; readonly known: { readonly total?: number } } {
  const total = references === undefined ? undefined : knownRowCount(references, snapshot);
  if (total === undefined || total <= limit) return { wanted: sql, known: {} };
  return { wanted: `${sql}\nLIMIT ${limit}`, known: { total } };
}
