import type { EngineError } from '../engine/engine.js';
import { type Model, placeAt } from '../graph/model.js';
import type { Check } from '../notebook/checks.js';
import { offsetInCell } from '../notebook/declarationLines.js';
import type { Problem } from '../protocol/problem.js';
import type { ResultColumn } from '../protocol/result.js';
import type { Span } from '../protocol/text.js';
import { columnHint } from './columnHint.js';
import { sqlProblem } from './sqlProblem.js';

/** A rule that is an expression. */
export type ExpressionCheck = Extract<Check, { readonly expression: string }>;

/**
 * Where in its declaration a rule is wrong that the engine refuses, and what was meant.
 * @param lead where the rule begins in what the engine was given.
 * @param columns of the model.
 */
export function expressionFault(
  error: EngineError,
  { position }: Model,
  { expression, span }: ExpressionCheck,
  lead: number,
  columns: readonly ResultColumn[],
): Pick<Problem, 'hint' | 'place' | 'fix'> {
  const { offset } = error.details;
  const missing = missingColumn(error, columns);
  const isInside = offset !== undefined && offset >= lead && offset < lead + expression.length;
  const toCell = (at: number) => offsetInCell(position.cellText, span.start, expression, at);
  const placeOf = ({ start, end }: Span) => placeAt(position, { start: toCell(start), end: toCell(end) });
  const { hint, place, fix } = sqlProblem(error, {
    text: expression,
    toOriginal: (at) => at - lead,
    placeOf,
  });
  return {
    ...(hint !== undefined && { hint }),
    ...(fix !== undefined && { fix }),
    ...(missing !== undefined && columnHint(missing, columns)),
    ...(isInside && place !== undefined && { place }),
  };
}

/** The column of the model that is not there; a query inside a rule has columns of its own, which the engine proposes. */
function missingColumn({ details }: EngineError, columns: readonly ResultColumn[]): string | undefined {
  const { missing, missingKind, qualifier, candidates = [] } = details;
  if (missingKind !== undefined || qualifier !== undefined) return undefined;
  const known = new Set(columns.map(({ name }) => name));
  return candidates.every((candidate) => known.has(candidate)) ? missing : undefined;
}
