import type { Graph } from '../graph/graph.js';
import type { SessionStatements } from '../graph/sessionUse.js';
import type { Change } from '../lake/changes.js';
import type { Manifest } from '../lake/manifest.js';
import type { Writer } from '../lake/writer.js';
import { type Problem, problem } from '../protocol/problem.js';
import type { ModelOutcome, RunEvent, RunRecord } from '../protocol/run.js';
import type { PipelineContext } from './context.js';
import { findDamage } from './damage.js';
import { GroupCommit } from './groupCommit.js';
import { rowSources } from './inputStates.js';
import { orphansOf } from './orphans.js';
import { makePlan, planEntries } from './plan.js';
import { problemOf } from './problemOf.js';
import { logBegin, logEnd } from './runLog.js';
import { runModel, stoppedBy } from './runModel.js';
import { schedule } from './schedule.js';

export interface RunRequest {
  /** As the person wrote them; kept in the record. */
  readonly selection: readonly string[];
  /** Wait for another writer, or throw a ProblemError `lake.busy`. */
  readonly wait: boolean;
  readonly signal: AbortSignal;
  readonly onEvent: (event: RunEvent) => void;
}

/** What one step of a run builds. */
export interface RunStep {
  readonly graph: Graph;
  readonly sessions: SessionStatements;
  /** Keys. */
  readonly selected: ReadonlySet<string>;
  readonly fullRefresh: boolean;
  /** What concerns no single model, as a notebook that can't be read. */
  readonly problems: readonly Problem[];
}

/**
 * One run, from its lease to its record. The terminal does one step for all that is selected; a notebook
 * does one for each cell that was started together with the others.
 */
export class PipelineRun {
  readonly #started = performance.now();
  readonly #commits: GroupCommit<Change, Manifest>;
  readonly #rebuilt = new Set<string>();
  readonly #outcomes: ModelOutcome[] = [];
  /** How each model ended last, by key: one that failed stops its dependents in later steps too. */
  readonly #latest = new Map<string, ModelOutcome>();
  readonly #problems: Problem[] = [];
  #complete = false;

  private constructor(
    private readonly context: PipelineContext,
    private readonly request: RunRequest,
    private readonly writer: Writer,
    /** As it was begun; its number is the run's. */
    readonly record: RunRecord,
  ) {
    this.#problems.push(...writer.problems);
    this.#commits = new GroupCommit((changes) => this.#commit(changes));
  }

  /** Waits for the lease and gets a number. Throws ProblemErrors `lake.busy`, `sql.cancelled`, `lake.…`. */
  static async begin(context: PipelineContext, request: RunRequest): Promise<PipelineRun> {
    const { wait, signal, onEvent, selection } = request;
    const writer = await context.lake.openWriter({
      wait,
      signal,
      onWaiting: (holder) => onEvent({ kind: 'waiting', holder }),
    });
    try {
      const startedAt = context.now().toISOString();
      const record = await context.lake.runs.begin({ startedAt, selection });
      logBegin(record, context.logger);
      return new PipelineRun(context, request, writer, record);
    } catch (error) {
      await writer.close();
      throw error;
    }
  }

  /**
   * Brings the selected models up to date. Never throws: a model's failure is its outcome, any other one a
   * problem of the run.
   */
  async step(step: RunStep): Promise<readonly ModelOutcome[]> {
    try {
      return await this.#step(step);
    } catch (error) {
      if (!this.request.signal.aborted) this.#problems.push(problemOf(error, this.context.logger));
      return [];
    }
  }

  async #step(step: RunStep): Promise<readonly ModelOutcome[]> {
    const { graph, selected, fullRefresh } = step;
    const { onEvent } = this.request;
    const signal = AbortSignal.any([this.request.signal, this.writer.lease.signal]);
    this.#problems.push(...step.problems);
    const snapshot = await this.context.lake.snapshot();
    const damage = await findDamage(this.context, snapshot.manifest);
    const plan = await makePlan(this.context, { graph, selected, snapshot, fullRefresh, damage, signal });
    const orphans = orphansOf(snapshot.manifest, graph);
    onEvent({ kind: 'planned', plan: { entries: planEntries(plan), orphans, problems: step.problems } });
    const state = {
      graph,
      sessions: step.sessions,
      writer: this.writer,
      commits: this.#commits,
      fullRefresh,
      damage,
      rebuilt: this.#rebuilt,
      run: this.record.run,
      startedAt: new Date(this.record.startedAt),
      signal,
      onProgress: (model: string, share: number) => onEvent({ kind: 'model progress', model, share }),
    };
    const outcomes = await schedule<ModelOutcome>(
      [...plan.keys()],
      (key) => sourcesOf(key, graph),
      this.context.concurrency,
      async (key, upstream, release) => {
        const planned = plan.get(key);
        if (planned === undefined) throw new Error(`${key} is not in the plan.`);
        const { action } = planned.decision;
        const before = sourcesOf(key, graph).flatMap((each) =>
          plan.has(each) ? [] : (this.#latest.get(each) ?? []),
        );
        const above = [...before, ...upstream];
        const begins = action === 'build' || action === 'judge';
        if (!signal.aborted && begins && stoppedBy(above) === undefined)
          onEvent({ kind: 'model started', model: planned.node.model.name });
        const outcome = await runModel(this.context, { ...state, release }, planned, above);
        this.#latest.set(key, outcome);
        onEvent({ kind: 'model finished', outcome });
        return outcome;
      },
    );
    this.#outcomes.push(...outcomes.values());
    return [...outcomes.values()];
  }

  /**
   * Makes one change that builds nothing, and gives the manifest that holds it. Throws a ProblemError, and the
   * reason of the run's signal when that is aborted before the commit.
   */
  async change(prepare: (writer: Writer, signal: AbortSignal) => Promise<Change>): Promise<Manifest> {
    const { signal } = this.request;
    signal.throwIfAborted();
    const change = await prepare(this.writer, signal);
    signal.throwIfAborted();
    const manifest = await this.#commits.submit(change);
    if (change.kind === 'rename') this.#problems.push(...change.renamed.problems);
    return manifest;
  }

  /** Removes a table from the lake; its files stay while a kept manifest has it. */
  async remove(name: string): Promise<void> {
    await this.#commits.submit({ kind: 'remove', name });
  }

  /** Tells that all is done that the run is for: who asks it to stop from now on comes too late. */
  complete(): void {
    this.#complete = true;
  }

  /**
   * Ends the run: keeps its record and gives the lease back.
   * @param failure what was thrown besides, when the run ends because of it.
   */
  async finish(failure?: unknown): Promise<RunRecord> {
    if (failure !== undefined && !this.request.signal.aborted) {
      this.#problems.push(problemOf(failure, this.context.logger));
    }
    if (this.writer.lease.lost) this.#problems.push(leaseLost);
    const record: RunRecord = {
      ...this.record,
      elapsedMs: Math.round(performance.now() - this.#started),
      status: this.#status(),
      models: this.#outcomes,
      problems: this.#problems,
    };
    try {
      await this.context.lake.runs.finish(record);
    } finally {
      await this.writer.close();
    }
    logEnd(record, this.context.logger);
    this.request.onEvent({ kind: 'finished', record });
    return record;
  }

  #status(): RunRecord['status'] {
    if (this.request.signal.aborted && !this.#complete) return 'cancelled';
    const failed = this.#outcomes.some(({ status }) => status === 'failed' || status === 'blocked');
    return failed || this.#problems.some(({ severity }) => severity === 'error') ? 'failed' : 'succeeded';
  }

  async #commit(changes: readonly Change[]): Promise<readonly Manifest[]> {
    const published = await this.writer.publish(this.record.run, changes);
    const { manifest } = published;
    const { problems } = await this.writer.link(published);
    this.#problems.push(...problems);
    return changes.map(() => manifest);
  }
}

const leaseLost = problem('lake.conflict', 'Another process took over the writing of the lake.', {
  hint: 'This one slept, or was stopped, for too long. What it published before stays; run again.',
});

function sourcesOf(key: string, { nodes }: Graph): readonly string[] {
  const node = nodes.get(key);
  return node === undefined ? [] : rowSources(node, nodes);
}
