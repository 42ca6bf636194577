import { EngineError, type EngineSession, type ExecuteOptions } from '../engine/engine.js';
import { placeAt, type SessionStatement } from '../graph/model.js';
import { type SessionStatements, usedStatements } from '../graph/sessionUse.js';
import type { LandingSource } from '../ingest/landingSource.js';
import type { Manifest, TableEntry } from '../lake/manifest.js';
import type { Snapshot } from '../lake/snapshot.js';
import { type Problem, ProblemError, problem } from '../protocol/problem.js';
import type { Span } from '../protocol/text.js';
import { lakeKey, lakeTableOf, quoteIdentifier, quoteLiteral } from '../sql/names.js';
import type { References, TableFunctionReference, TableReference } from '../sql/parser.js';
import { type Replacement, type Rewritten, rewrite } from '../sql/rewrite.js';
import type { PipelineContext } from './context.js';
import { keptFunctionOf, keptRows } from './keptRows.js';
import { missingVersion } from './missingVersion.js';
import { parquetSource } from './parquetSource.js';
import type { RecordsApart } from './recordsApart.js';
import { redefinition } from './redefinition.js';
import { runStartParameters } from './runStart.js';
import { statementProblem } from './statementProblem.js';

/** A statement that the engine can run, with the way back to what the person wrote. */
export interface PreparedStatement {
  readonly rewritten: Rewritten;
}

/** On what a statement is prepared. */
export interface Preparation {
  readonly snapshot: Snapshot;
  readonly sessions: SessionStatements;
  /** Aborting rejects with a ProblemError `sql.cancelled`. */
  readonly signal?: AbortSignal | undefined;
}

/** The schema in which the engine's session holds what `landing()` and the like read. */
const sourceSchema = 'ratatouille_source';

/**
 * Fills one engine session with what statements name: published tables as views on their versions' files,
 * views, session statements, landing files. A statement sees one snapshot of the lake, whatever is
 * published meanwhile.
 */
export class SessionCatalog {
  /** The version that each table's view shows, by key. */
  readonly #defined = new Map<string, string>();
  /** What was defined last, by kind and name: a statement that says the same of the same need not run again. */
  readonly #executed = new Map<string, string>();
  readonly #sources = new Map<string, LandingSource>();

  constructor(
    private readonly context: PipelineContext,
    private readonly session: EngineSession,
    /** One value for the whole run. */
    private readonly runStartedAt: Date,
    /** Where records of landing files go that do not fit; without it such a record is an error. */
    private readonly apart?: RecordsApart,
  ) {}

  /** Makes everything there that a statement refers to, and rewrites what the engine does not know. */
  async prepare(
    sql: string,
    references: References,
    used: readonly SessionStatement[],
    preparation: Preparation,
  ): Promise<PreparedStatement> {
    for (const statement of used) await this.#execute(statement, preparation);
    return { rewritten: await this.#resolve(sql, references, preparation) };
  }

  /** The landing files that were opened for the statements so far, by pattern. */
  get sources(): ReadonlyMap<string, LandingSource> {
    return this.#sources;
  }

  /** The landing files of which single records may be at fault for an error, and can be set apart. */
  sourceAtFault(error: unknown): LandingSource | undefined {
    return this.apart && [...this.#sources.values()].find((source) => source.isAtFault(error));
  }

  /** What an engine's error means for a landing file; undefined when it is about something else. */
  async explain(error: EngineError): Promise<Problem | undefined> {
    for (const source of this.#sources.values()) {
      const found = await source.explain(error);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /**
   * Lets a contract that was only just proposed take a value further down its files that has another type.
   * Tells whether the statement can be tried again.
   */
  async widen(error: EngineError, { signal }: Pick<Preparation, 'signal'>): Promise<boolean> {
    for (const [pattern, source] of this.#sources) {
      const wider = source.widen(error);
      if (wider === undefined) continue;
      await this.#defineLanding(pattern, wider, optionsOf({ signal }));
      return true;
    }
    return false;
  }

  /** Stops what still reads files beside the engine. */
  stop(): void {
    for (const source of this.#sources.values()) source.stop();
  }

  /** Makes every published table readable, for a statement whose references can't be told. */
  async defineAll(preparation: Preparation): Promise<void> {
    await this.defineTables(Object.keys(preparation.snapshot.manifest.tables), preparation);
  }

  /** Makes published tables readable, by key. */
  async defineTables(keys: readonly string[], preparation: Preparation): Promise<void> {
    for (const key of keys) await this.#defineTable(key, preparation);
  }

  async #execute(statement: SessionStatement, preparation: Preparation): Promise<void> {
    const defined = `${statement.kind} ${statement.name}`;
    const { text, references } = statement;
    const { manifest } = preparation.snapshot;
    const meaning = [text, ...versionsRead(references, manifest)].join('\n');
    if (this.#executed.get(defined) === meaning) return;
    const rewritten = await this.#resolve(text, references, preparation, redefinition(text));
    try {
      await this.session.execute(rewritten.text, optionsOf(preparation));
      this.#executed.set(defined, meaning);
    } catch (error) {
      if (!(error instanceof EngineError) || this.sourceAtFault(error) !== undefined) throw error;
      const landingProblem = await this.explain(error);
      if (landingProblem !== undefined) throw new ProblemError(landingProblem, { cause: error });
      const { position, start } = statement;
      const placeOf = (at: Span) => placeAt(position, { start: start + at.start, end: start + at.end });
      throw new ProblemError(statementProblem(error, { text, references, placeOf, rewritten, manifest }), {
        cause: error,
      });
    }
  }

  async #resolve(
    sql: string,
    references: References,
    preparation: Preparation,
    more: readonly Replacement[] = [],
  ): Promise<Rewritten> {
    const replacements = [...more];
    for (const table of references.tables) {
      replacements.push(...(await this.#resolveTable(table, preparation)));
    }
    for (const call of references.tableFunctions) {
      const view = await this.#openFunction(call, preparation);
      if (view === undefined) continue;
      const text = call.alias === undefined ? `${view} AS ${call.name.toLowerCase()}` : view;
      replacements.push({ span: call.span, text });
    }
    const startedAt = `TIMESTAMPTZ ${quoteLiteral(this.runStartedAt.toISOString())}`;
    for (const span of runStartParameters(sql)) replacements.push({ span, text: startedAt });
    return rewrite(sql, replacements);
  }

  async #resolveTable(table: TableReference, preparation: Preparation): Promise<readonly Replacement[]> {
    const named = lakeTableOf(table);
    if (named === undefined) return [];
    const key = lakeKey(named);
    if (table.at === undefined) {
      await this.#defineTable(key, preparation);
      return [];
    }
    const view = await this.#defineVersion(key, table.at.version, preparation);
    const text = table.alias === undefined ? `${view} AS ${quoteIdentifier(table.name)}` : view;
    // An alias stands between the name and the clause.
    return [
      { span: table.span, text },
      { span: table.at.span, text: '' },
    ];
  }

  /** Leaves a table that was never built to the engine, whose error names the place. */
  async #defineTable(key: string, preparation: Preparation): Promise<void> {
    const { snapshot } = preparation;
    const entry = snapshot.manifest.tables[key];
    if (entry === undefined) {
      if (this.#defined.delete(key)) await this.#dropView(key);
      return;
    }
    // Also a table that is defined already may have been found to be damaged since: this throws then.
    const files = snapshot.files(key) ?? [];
    const shown = versionName(entry);
    if (this.#defined.get(key) === shown && entry.form === 'table') return;
    this.#defined.set(key, shown);
    const [schema = '', name = ''] = key.split('.');
    const query = entry.form === 'table' ? readParquet(files) : await this.#viewQuery(entry, preparation);
    await this.session.defineView(schema, name, query, optionsOf(preparation));
  }

  async #dropView(key: string): Promise<void> {
    const [schema = '', name = ''] = key.split('.');
    await this.session.execute(`DROP VIEW ${quoteIdentifier(schema)}.${quoteIdentifier(name)}`);
  }

  async #viewQuery(entry: TableEntry, preparation: Preparation): Promise<string> {
    const [analysis] = await this.context.analyst.analyse([entry.version.sql]);
    if (!analysis?.ok) {
      throw new ProblemError(
        problem('lake.damaged', `The stored text of the view ${entry.name} can't be read.`, {
          hint: 'Run the pipeline again with --full-refresh.',
        }),
      );
    }
    const used = usedStatements(analysis.references, preparation.sessions.shared);
    const { rewritten } = await this.prepare(entry.version.sql, analysis.references, used, preparation);
    return rewritten.text;
  }

  async #defineVersion(key: string, version: number | undefined, preparation: Preparation): Promise<string> {
    const { snapshot } = preparation;
    const missing = missingVersion(key, snapshot.manifest.tables[key], version);
    if (missing !== undefined) throw new ProblemError(missing);
    const name = `${key} version ${version}`;
    const query = readParquet(snapshot.files(key, version) ?? []);
    await this.session.defineView(sourceSchema, name, query, optionsOf(preparation));
    return `${sourceSchema}.${quoteIdentifier(name)}`;
  }

  async #openLanding(pattern: string, options: ExecuteOptions): Promise<string> {
    // An interactive session lives long: its files may have changed since they were opened.
    this.#sources.get(pattern)?.stop();
    await this.#defineLanding(pattern, await this.#landingSource(pattern, options), options);
    return `${sourceSchema}.${quoteIdentifier(landingView(pattern))}`;
  }

  async #landingSource(pattern: string, options: ExecuteOptions): Promise<LandingSource> {
    const known = this.apart?.of(pattern);
    if (known !== undefined) return known;
    const source = await this.context.landing.open(pattern, options);
    if (this.apart === undefined || source.knownRejects !== 'some') return source;
    try {
      return (await this.apart.look(source, options)) ?? source;
    } catch (error) {
      source.stop();
      throw error;
    }
  }

  async #defineLanding(pattern: string, source: LandingSource, options: ExecuteOptions): Promise<void> {
    this.#sources.set(pattern, source);
    await this.session.defineView(sourceSchema, landingView(pattern), source.select, options);
  }

  /** What stands in a FROM for a call of a function that is not the engine's; undefined for all others. */
  async #openFunction(call: TableFunctionReference, preparation: Preparation): Promise<string | undefined> {
    const options = optionsOf(preparation);
    const [argument] = call.args;
    if (call.name.toLowerCase() === 'landing')
      return argument === undefined ? undefined : this.#openLanding(argument, options);
    const kept = keptFunctionOf(call);
    if (kept === undefined) return undefined;
    const query = await keptRows(this.context, kept, call, preparation.snapshot);
    const name = `${kept} ${argument} ${call.named.run ?? ''}`;
    await this.session.defineView(sourceSchema, name, query, options);
    return `${sourceSchema}.${quoteIdentifier(name)}`;
  }
}

function optionsOf({ signal }: Pick<Preparation, 'signal'>): ExecuteOptions {
  return signal === undefined ? {} : { signal };
}

/** What a temporary table was made from: it is made again when one of these is published anew. */
function versionsRead({ tables }: References, manifest: Manifest): readonly string[] {
  return tables.flatMap((table) => {
    const named = lakeTableOf(table);
    const entry = named === undefined ? undefined : manifest.tables[lakeKey(named)];
    return entry === undefined ? [] : [`${entry.name} ${versionName(entry)}`];
  });
}

/** A dropped table counts its versions from 1 again, so the run belongs to a version's name. */
function versionName({ version }: TableEntry): string {
  return `${version.version} of run ${version.run}`;
}

function landingView(pattern: string): string {
  return `landing ${pattern}`;
}

function readParquet(files: readonly string[]): string {
  return `SELECT * FROM ${parquetSource(files)}`;
}
