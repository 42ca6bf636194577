import type { Fingerprint } from '../lake/manifest.js';
import type { Problem } from '../protocol/problem.js';
import type { PipelineContext } from './context.js';
import { type Ending, ending } from './ending.js';
import { judgeChanged, judgeVolatile, type PublishedModel } from './judgeAgain.js';
import { toldChecks } from './judgeChecks.js';
import { ChecksFailed, judge } from './judgement.js';
import type { RunState } from './runState.js';
import { detailsOf, withoutDetails } from './tableDetails.js';

/** A published table whose rows may stay. */
export interface Standing extends PublishedModel {
  readonly warnings: readonly Problem[];
}

/** Keeps the rows of a table whose checks were edited, when these hold for them; undefined when it must be built. */
export async function keepUnderChangedChecks(
  context: PipelineContext,
  state: RunState,
  standing: Standing,
  fingerprint: Fingerprint,
): Promise<Ending | undefined> {
  const { node, current, warnings } = standing;
  const judged = await judgeChanged(context, standing, state);
  if (judged === undefined) return undefined;
  const checks = judged.results;
  const version = { ...current.version, checks, fingerprint, judgedIn: state.run };
  await state.commits.submit({
    kind: 'entry',
    entry: { ...withoutDetails(current), ...detailsOf(node), version },
  });
  const reason = 'its checks changed, and hold for what is published';
  const problems = [...warnings, ...judge(node.model, judged)];
  const told = { reason, problems, ...toldChecks(judged) };
  return ending(node.model, { ...current, version }, { status: 'judged', ...told });
}

/**
 * Judges the checks whose answer changes by itself on rows that are up to date. Building them again would give
 * the same ones, so a check that fails is the model's failure. Throws it as a ProblemError; undefined when only
 * a build can judge.
 */
export async function judgeUnchanged(
  context: PipelineContext,
  state: RunState,
  standing: Standing,
): Promise<Ending | undefined> {
  const { node, current, warnings } = standing;
  const judged = await judgeVolatile(context, standing, state);
  if (judged === undefined) return undefined;
  const checks = judged.results;
  const { run } = current.version;
  const problems = judge(node.model, judged, `The rows of run ${run} stay.`);
  const failed = problems.find(({ severity }) => severity === 'error');
  if (failed !== undefined) throw new ChecksFailed(failed, judged);
  const same = JSON.stringify(checks) === JSON.stringify(current.version.checks);
  const version = same ? current.version : { ...current.version, checks, judgedIn: state.run };
  if (!same) {
    const entry = { ...withoutDetails(current), ...detailsOf(node), name: node.model.name, version };
    await state.commits.submit({ kind: 'entry', entry });
  }
  const reason = `unchanged since run ${run}; its checks were judged again`;
  return ending(
    node.model,
    { ...current, version },
    { status: 'judged', reason, problems: [...warnings, ...problems], ...toldChecks(judged) },
  );
}
