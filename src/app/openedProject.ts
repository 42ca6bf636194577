import { mkdtemp, rename as renameFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Graph } from '../graph/graph.js';
import { selectModels } from '../graph/selection.js';
import { parseTableName } from '../lake/tableName.js';
import type { PipelineContext } from '../pipeline/context.js';
import { findDamage } from '../pipeline/damage.js';
import { graphOf } from '../pipeline/graphOf.js';
import { orphansOf } from '../pipeline/orphans.js';
import { makePlan, planEntries } from '../pipeline/plan.js';
import { QuerySession, type Surroundings } from '../pipeline/querySession.js';
import type { Renaming } from '../pipeline/renaming.js';
import { PipelineRun } from '../pipeline/run.js';
import { type PipelineSource, readSource } from '../pipeline/source.js';
import { staleUpstream } from '../pipeline/staleUpstream.js';
import { settingsFileName } from '../project/root.js';
import type { AddDataRequest, AddedData, DataPreview } from '../protocol/addData.js';
import type { AcceptDriftRequest, ChangedContract, DriftReport } from '../protocol/drift.js';
import type { FirstRowsRequest } from '../protocol/kernel.js';
import type { Logger } from '../protocol/logger.js';
import { hidesModels } from '../protocol/orphans.js';
import { type Place, type Problem, ProblemError, problem } from '../protocol/problem.js';
import type { CheckReport, QualityReport } from '../protocol/quality.js';
import type { PlanReport, RunRecord } from '../protocol/run.js';
import type { CleanReport, StatusReport } from '../protocol/status.js';
import type { KeptTablesReport, NextRun, RenameReport, RestoreReport } from '../protocol/tableHistory.js';
import { addData, lookAtData } from './addData.js';
import { adHocQuery } from './adHocQuery.js';
import { appendCellToFile } from './appendCell.js';
import type { CacheKeeper } from './caches.js';
import { type CheckOptions, checkPublished } from './check.js';
import { type CleanOptions, clean } from './clean.js';
import { type AcceptOptions, acceptDrift, findDrift, patternMeant } from './drift.js';
import { firstRowsQuery } from './firstRows.js';
import type { ChangeOptions } from './lakeChange.js';
import { locateRow } from './locateRow.js';
import { withNextRun } from './nextRun.js';
import { NotebookSession } from './notebookSession.js';
import type {
  ExportOptions,
  PlanOptions,
  Project,
  QueryAnswer,
  QueryBlocks,
  QueryOptions,
  RunOptions,
} from './project.js';
import { assertNoProjectData } from './protectedFolders.js';
import { type QualityOptions, readQuality } from './quality.js';
import { rename } from './rename.js';
import { keptTables, type RestoreOptions, restore } from './restore.js';
import { sourceLine } from './sourceLine.js';
import { landingFiles, tableStatuses } from './status.js';

/** The parts of an opened project and how to end them. */
export interface ProjectParts {
  readonly name: string;
  readonly notebooks: string;
  /** As in CI: nothing is guessed, and two models of one table stop the whole run. */
  readonly frozen: boolean;
  readonly context: PipelineContext;
  readonly caches: CacheKeeper;
  readonly closeParts: () => Promise<void>;
}

/** A project as the terminal and the kernel use it: each call reads the notebooks anew. */
export class OpenedProject implements Project {
  readonly root: string;
  readonly name: string;
  readonly landingDirectory: string;
  readonly logger: Logger;

  constructor(private readonly parts: ProjectParts) {
    this.root = parts.context.root;
    this.name = parts.name;
    this.landingDirectory = parts.context.lake.layout.landing;
    this.logger = parts.context.logger;
  }

  async plan({ select, fullRefresh, signal = neverAborted() }: PlanOptions): Promise<PlanReport> {
    const { context } = this.parts;
    const { source, graph } = await this.#read();
    const snapshot = await context.lake.snapshot();
    const damage = await findDamage(context, snapshot.manifest);
    const selected = selectModels(graph, select);
    const plan = await makePlan(context, { graph, selected, snapshot, fullRefresh, damage, signal });
    await this.parts.caches.keep();
    return {
      entries: planEntries(plan),
      orphans: orphansOf(snapshot.manifest, graph),
      problems: source.problems,
    };
  }

  async run(options: RunOptions): Promise<RunRecord> {
    const signal = options.signal ?? neverAborted();
    const { source, graph } = await this.#read();
    const selected = selectModels(graph, options.select);
    if (this.parts.frozen) refuseDuplicates(graph);
    const run = await PipelineRun.begin(this.parts.context, {
      selection: options.select,
      wait: options.wait,
      signal,
      onEvent: options.onEvent ?? (() => {}),
    });
    const { sessions } = source;
    const { fullRefresh } = options;
    try {
      const problems = [
        ...concerning(source.problems, graph, selected, options.select),
        ...(await staleUpstream(this.parts.context, graph, selected, signal)),
      ];
      await run.step({ graph, sessions, selected, fullRefresh, problems });
      await this.parts.caches.keep();
    } catch (error) {
      return run.finish(error);
    }
    return run.finish();
  }

  async query(sql: string, { limit, signal }: QueryOptions): Promise<QueryAnswer> {
    const statement = adHocQuery(sql);
    const options = signal === undefined ? {} : { signal };
    return this.#withSession((session, surroundings) =>
      session.query(statement, limit ?? Number.MAX_SAFE_INTEGER, options, surroundings),
    );
  }

  async readQuery<T>(
    sql: string,
    { limit, signal }: QueryOptions,
    read: (rows: QueryBlocks) => Promise<T>,
  ): Promise<T> {
    const statement = adHocQuery(sql);
    const options = signal === undefined ? {} : { signal };
    return this.#withSession((session, surroundings) =>
      session.readBlocks(statement, limit ?? Number.MAX_SAFE_INTEGER, options, surroundings, read),
    );
  }

  async exportQuery(
    sql: string,
    { file, format, signal }: ExportOptions,
  ): Promise<{ readonly rows: number }> {
    const statement = adHocQuery(sql);
    const folder = await mkdtemp(join(dirname(file), `.${basename(file)}-`));
    try {
      const options = signal === undefined ? {} : { signal };
      const { path, rows } = await this.#withSession(async (session, surroundings) => {
        if (format === 'csv') return session.writeCsv(statement, folder, options, surroundings);
        return (await session.writeParquet(statement, folder, options, surroundings)).kept;
      });
      await renameFile(path, file);
      return { rows };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async status({ signal }: { readonly signal?: AbortSignal } = {}): Promise<StatusReport> {
    const { lake, environment } = this.parts.context;
    const plan = await this.plan({ select: [], fullRefresh: false, ...(signal && { signal }) });
    const manifest = await lake.manifest();
    const damage = await findDamage(this.parts.context, manifest);
    const plainNames = await lake.checkPlainNames(manifest);
    const [lastRun] = await lake.runs.list(1);
    const writer = await lake.holder();
    const { problems } = await lake.earlierTables();
    return {
      format: 1,
      project: this.name,
      environment,
      generation: manifest.generation,
      tables: tableStatuses(plan, manifest, damage, plainNames, ({ name, version }) =>
        lake.layout.plainPath(parseTableName(name), version.plain ?? 'file'),
      ),
      landing: landingFiles(this.landingDirectory),
      problems: [...plan.problems, ...problems],
      ...(lastRun === undefined ? {} : { lastRun }),
      ...(writer === undefined ? {} : { writer }),
    };
  }

  async check({ select, signal = neverAborted() }: CheckOptions): Promise<CheckReport> {
    const { source, graph } = await this.#read();
    const selected = selectModels(graph, select);
    const problems = concerning(source.problems, graph, selected, select);
    return checkPublished(this.parts.context, { graph, source: { ...source, problems }, selected, signal });
  }

  quality(options: QualityOptions = {}): Promise<QualityReport> {
    return readQuality(this.parts.context, this.name, options);
  }

  async lookAtData(request: AddDataRequest, signal = neverAborted()): Promise<DataPreview> {
    const { graph } = await this.#read();
    return lookAtData({ context: this.parts.context, graph, signal }, request);
  }

  async addData(request: AddDataRequest, signal = neverAborted()): Promise<AddedData> {
    const { graph } = await this.#read();
    return addData({ context: this.parts.context, graph, signal }, request);
  }

  appendCell(notebook: string, text: string): Promise<void> {
    return appendCellToFile(this.root, notebook, text);
  }

  clean(options: CleanOptions): Promise<CleanReport> {
    const readGraph = options.orphans ? () => this.#readWholeGraph() : () => this.#readGraph();
    return clean(this.parts.context, readGraph, options);
  }

  keptTables(table?: string): Promise<KeptTablesReport> {
    return keptTables(this.parts.context, () => this.#readGraph(), table);
  }

  async restore(table: string, options: RestoreOptions): Promise<RestoreReport> {
    const report = await restore(this.parts.context, () => this.#readGraph(), table, options);
    return this.#withNextRun(report, report.table, options);
  }

  async rename(renaming: Renaming, options: ChangeOptions): Promise<RenameReport> {
    const report = await rename(this.parts.context, () => this.#readWholeGraph(), renaming, options);
    return this.#withNextRun(report, report.to, options);
  }

  sourceLine(place: Place): Promise<string | undefined> {
    return sourceLine(this.root, place);
  }

  /** Writes all rows of a request as CSV into a file outside of the project's data. Throws a ProblemError. */
  exportRows(
    request: FirstRowsRequest,
    file: string,
    signal: AbortSignal,
  ): Promise<{ readonly rows: number }> {
    assertNoProjectData(file, this.parts.context);
    const sql = firstRowsQuery(request, this.landingDirectory);
    return this.exportQuery(sql, { file, format: 'csv', signal });
  }

  /** See {@link locateRow}. */
  locateRow(row: { readonly path: string; readonly row: number }): Promise<number | undefined> {
    return locateRow(this.parts.context, row);
  }

  patternMeant(target: string, directory: string): Promise<string> {
    return patternMeant(this.parts.context, target, directory);
  }

  drift(pattern: string, signal?: AbortSignal): Promise<DriftReport> {
    return findDrift(this.parts.context, pattern, signal);
  }

  acceptDrift(
    request: AcceptDriftRequest,
    options: AcceptOptions = {},
  ): Promise<ChangedContract | undefined> {
    return acceptDrift(this.parts.context, request, options);
  }

  /** The session of one notebook; the caller closes it. */
  openNotebook(): NotebookSession {
    return new NotebookSession(this.parts.context, this.parts.notebooks);
  }

  get engineVersion(): string {
    return this.parts.context.engineVersion;
  }

  async close(): Promise<void> {
    await this.parts.closeParts();
  }

  /** What was done is done: that its sequel can't be told is only a warning, and nothing to wait for. */
  #withNextRun<Report extends { readonly problems: readonly Problem[] }>(
    report: Report,
    table: string,
    { signal = neverAborted() }: ChangeOptions,
  ): Promise<Report & { readonly next?: NextRun }> {
    const plan = () => this.plan({ select: [], fullRefresh: false, signal });
    return withNextRun(report, table, plan, { signal, logger: this.logger });
  }

  async #read(): Promise<{ readonly source: PipelineSource; readonly graph: Graph }> {
    const { context, notebooks } = this.parts;
    const read = await readSource(context, notebooks);
    const source = { ...read, problems: [...this.#withoutNotebooks(read), ...read.problems] };
    const manifest = await context.lake.manifest();
    return { source, graph: graphOf(source, manifest) };
  }

  /** A wrong pattern would otherwise look like a project in which all is done. */
  #withoutNotebooks({ notebooks, problems }: PipelineSource): readonly Problem[] {
    if (notebooks.length > 0 || problems.length > 0) return [];
    const { frozen, notebooks: pattern } = this.parts;
    const found = problem('project.no-notebooks', `The pattern ${pattern} matches no notebook.`, {
      hint: `Put a notebook there, or correct "notebooks" in ${settingsFileName}.`,
      place: { file: settingsFileName },
    });
    return [frozen ? found : { ...found, severity: 'warning' }];
  }

  async #readGraph(): Promise<Graph> {
    return (await this.#read()).graph;
  }

  /** Throws a ProblemError `notebook.unreadable` where a model may be hidden from us. */
  async #readWholeGraph(): Promise<Graph> {
    const { source, graph } = await this.#read();
    const hiding = source.problems.find(hidesModels);
    if (hiding === undefined) return graph;
    throw new ProblemError({
      ...hiding,
      hint: 'Whether a table is an orphan is only known when every notebook can be read. Mend this one first.',
    });
  }

  async #withSession<T>(work: (session: QuerySession, surroundings: Surroundings) => Promise<T>): Promise<T> {
    const { sessions, models } = await readSource(this.parts.context, this.parts.notebooks);
    const session = await QuerySession.open(this.parts.context);
    try {
      return await work(session, { sessions, models: new Set(models.map(({ key }) => key)) });
    } finally {
      await session.close();
    }
  }
}

function neverAborted(): AbortSignal {
  return new AbortController().signal;
}

/** In the editor two models of one table block that table; a run that nobody watches does not begin. */
function refuseDuplicates({ nodes }: Graph): void {
  const problems = [...nodes.values()].flatMap((node) => node.problems);
  const duplicate = problems.find(({ code }) => code === 'model.duplicate');
  if (duplicate !== undefined) throw new ProblemError(duplicate);
}

/** A run of a selection is only judged by the notebooks that its models are in; the others are told as warnings. */
function concerning(
  problems: readonly Problem[],
  graph: Graph,
  selected: ReadonlySet<string>,
  selectors: readonly string[],
): readonly Problem[] {
  if (selectors.length === 0) return problems;
  const notebooks = new Set([...selected].map((key) => graph.nodes.get(key)?.model.position.notebook));
  return problems.map((problem) =>
    notebooks.has(problem.place?.notebook) ? problem : { ...problem, severity: 'warning' },
  );
}
