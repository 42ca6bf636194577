import type { Problem } from '../../protocol/problem.js';

/** The help that an output offers for a problem; undefined where only a person can mend it. */
export function helpFor(problem: Problem): 'with upstream' | 'trust' | 'accept drift' | undefined {
  if (problem.code === 'workspace.untrusted') return 'trust';
  if (problem.fix?.kind === 'accept drift') return 'accept drift';
  const isBelowOthers = problem.code === 'run.stale-upstream' || problem.fix?.kind === 'build';
  return isBelowOthers ? 'with upstream' : undefined;
}
