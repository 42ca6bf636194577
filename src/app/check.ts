import type { Graph } from '../graph/graph.js';
import { placeAt } from '../graph/model.js';
import type { GraphNode } from '../graph/node.js';
import { inParallel } from '../lake/parallel.js';
import type { PipelineContext } from '../pipeline/context.js';
import { judgeNow } from '../pipeline/judgeAgain.js';
import { type Judged, toldChecks } from '../pipeline/judgeChecks.js';
import { judge } from '../pipeline/judgement.js';
import { problemOf } from '../pipeline/problemOf.js';
import type { PipelineSource } from '../pipeline/source.js';
import { type Problem, problem } from '../protocol/problem.js';
import type { CheckReport, JudgedTable } from '../protocol/quality.js';
import { formatQuantity } from '../protocol/wording.js';

export interface CheckOptions {
  /** As for a plan. */
  readonly select: readonly string[];
  /** Aborting rejects with a ProblemError `sql.cancelled`. */
  readonly signal?: AbortSignal;
}

interface Checking {
  readonly graph: Graph;
  readonly source: PipelineSource;
  /** Keys. */
  readonly selected: ReadonlySet<string>;
  readonly signal: AbortSignal;
}

/** One table and what is wrong with it. */
interface Checked {
  readonly table?: JudgedTable;
  readonly problems: readonly Problem[];
}

const stays = 'What is published stays.';

/**
 * Judges the checks of notebooks, as they are now, on the rows that are published; nothing is built or published.
 * A rule that drops is judged on the rows that are left, of which none may break it.
 */
export async function checkPublished(context: PipelineContext, checking: Checking): Promise<CheckReport> {
  const { graph, source, selected } = checking;
  const nodes = [...graph.nodes]
    .filter(([key, { model }]) => selected.has(key) && model.form === 'table')
    .map(([, node]) => node);
  const withChecks = nodes.filter(({ model }) => model.checks.length > 0);
  const snapshot = await context.lake.snapshot();
  const startedAt = context.now();
  const results = await inParallel(withChecks, context.concurrency, (node) =>
    checkOne(context, node, { ...checking, snapshot, startedAt }),
  );
  return {
    version: 1,
    tables: results.flatMap(({ table }) => (table === undefined ? [] : [table])),
    withoutChecks: nodes
      .filter(({ model }) => model.checks.length === 0 && snapshot.manifest.tables[model.key] !== undefined)
      .map(({ model }) => model.name),
    problems: [...source.problems, ...results.flatMap(({ problems }) => problems)],
  };
}

async function checkOne(
  context: PipelineContext,
  node: GraphNode,
  {
    source,
    snapshot,
    startedAt,
    signal,
  }: Checking & {
    readonly snapshot: Awaited<ReturnType<PipelineContext['lake']['snapshot']>>;
    readonly startedAt: Date;
  },
): Promise<Checked> {
  const { model } = node;
  const current = snapshot.manifest.tables[model.key];
  const place = placeAt(model.position, model.nameSpan);
  if (current?.form !== 'table') return { problems: [neverBuilt(model.name, place)] };
  const unreadable = node.problems.filter(({ severity }) => severity === 'error');
  if (unreadable.length > 0) return { problems: unreadable };
  try {
    const everyOne = model.checks.map(() => true);
    const state = { sessions: source.sessions, startedAt, signal };
    const judged = await judgeNow(context, { node, current, snapshot }, everyOne, state);
    if (judged === undefined) return { problems: [neverBuilt(model.name, place)] };
    const { version, run, rows } = current.version;
    return {
      table: { name: current.name, version, run, rows, ...toldChecks(judged, () => true) },
      problems: [...judge(model, judged, stays), ...undropped(node, judged)],
    };
  } catch (error) {
    if (signal.aborted) throw error;
    const found = problemOf(error, context.logger);
    return { problems: [{ ...found, place: found.place ?? place }] };
  }
}

/** Rows that a build of today would take out. */
function undropped({ model }: GraphNode, { results }: Judged): readonly Problem[] {
  return results.flatMap(({ check, action, failures }, index) => {
    const written = model.checks[index];
    if (action !== 'drop' || failures === 0 || written === undefined) return [];
    return [
      problem(
        'check.failed',
        `${model.name}: ${formatQuantity(failures, 'published row')} ${failures === 1 ? 'breaks' : 'break'} the check ${check}.`,
        {
          hint: `${stays} A run takes them out: ratatouille run ${model.name}.`,
          place: placeAt(model.position, written.span),
        },
      ),
    ];
  });
}

function neverBuilt(name: string, place: ReturnType<typeof placeAt>): Problem {
  return problem('graph.never-built', `${name} was never built: its checks have nothing to judge.`, {
    hint: `Build it: ratatouille run +${name}.`,
    place,
  });
}
