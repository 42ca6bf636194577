import type { Problem } from '../../protocol/problem.js';
import type { RunRecord } from '../../protocol/run.js';
import { formatElapsed } from '../../protocol/wording.js';
import { describeCounts } from '../views/runNodes.js';

/** How a run of the project ended, in one sentence. */
export function runMessage({ run, status, models, elapsedMs, problems }: RunRecord): string {
  const time = formatElapsed(elapsedMs);
  switch (status) {
    case 'succeeded':
      return models.some((model) => model.status === 'built')
        ? `Run ${run}: ${describeCounts(models)} in ${time}.`
        : `Run ${run}: everything is up to date.`;
    case 'failed': {
      const [first] = problems;
      const counts =
        models.length === 0 && first !== undefined ? first.message : `${describeCounts(models)}.`;
      return `Run ${run} failed: ${counts} What failed stays as it was before.`;
    }
    case 'cancelled':
      return `Run ${run} was cancelled: ${describeCounts(models)}. What was not finished stays as it was.`;
    default:
      return `Run ${run} is ${status}.`;
  }
}

/** Everything that a run found wrong, each once. */
export function runProblems({ models, problems }: RunRecord): readonly Problem[] {
  const all = [...problems, ...models.flatMap((model) => model.problems)];
  return [...new Map(all.map((problem) => [JSON.stringify(problem), problem])).values()];
}
