import type { Problem } from '../protocol/problem.js';
import type { ModelOutcome } from '../protocol/run.js';

/** What failed above a model is told before what that means for the model itself. */
export function errorsOf(outcomes: readonly ModelOutcome[], own?: ModelOutcome): readonly Problem[] {
  return outcomes.flatMap((outcome) =>
    outcome.problems.filter(
      ({ severity, code }) => severity === 'error' && (outcome === own || code !== 'run.upstream-failed'),
    ),
  );
}
