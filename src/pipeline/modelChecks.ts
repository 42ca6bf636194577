import { placeAt, type StatementPosition } from '../graph/model.js';
import { type Check, dropFault, type RowCheck, type TableCheck } from '../notebook/checks.js';
import { type Problem, problem } from '../protocol/problem.js';
import type { References } from '../sql/parser.js';
import type { EmbeddedQuery } from '../sql/statement.js';
import type { Analysis } from './analysis.js';
import { joinReferences } from './references.js';

/** The checks of a model, as the engine's parser understands them. */
export interface ModelChecks {
  readonly checks: readonly Check[];
  /** What their conditions refer to together. */
  readonly references: References;
  readonly problems: readonly Problem[];
}

/** The condition of a check as a query, to find out what it refers to. */
export function conditionOf(check: Check): readonly EmbeddedQuery[] {
  if (check.kind !== 'row') return [];
  const before = 'SELECT (';
  return [{ text: `${before}${check.expression})`, span: check.span, lead: before.length }];
}

/**
 * Tells rules of a row from rules of the table, which have aggregates.
 * @param analyses one for each condition, in the order of the checks.
 */
export function modelChecks(
  declared: readonly Check[],
  analyses: readonly (readonly [EmbeddedQuery, Analysis])[],
  position: StatementPosition,
): ModelChecks {
  const checks: Check[] = [];
  const problems: Problem[] = [];
  const references: References[] = [];
  const refuse = (check: Check, message: string, hint: string): void => {
    const place = placeAt(position, check.span);
    problems.push(problem('notebook.declaration', message, { hint, place }));
  };
  let next = 0;
  for (const check of declared) {
    const [query, outcome] = (check.kind === 'row' ? analyses[next] : undefined) ?? [];
    if (check.kind === 'row') next += 1;
    if (check.kind !== 'row' || query === undefined || !outcome?.ok) {
      checks.push(check);
      continue;
    }
    references.push(outcome.references);
    const understood = understand(check, query.text, outcome.references);
    const fault = outcome.references.windows.length > 0 ? windowFault : dropFault(understood);
    if (fault !== undefined) refuse(check, fault.message, fault.hint);
    checks.push(understood);
  }
  return { checks, references: joinReferences(references), problems };
}

const windowFault = {
  message: 'A check can hold no window function: it would look at other rows than its own.',
  hint: 'Compute it as a column of the model, and check that column.',
};

function understand(
  check: RowCheck,
  sql: string,
  { aggregates, volatile }: References,
): RowCheck | TableCheck {
  const [changing] = volatile;
  const base = changing === undefined ? check : { ...check, volatile: changing };
  if (aggregates.length === 0) return base;
  const { text, action, span, expression } = base;
  const written = aggregates.map(({ start, end }) => sql.slice(start, end).replace(/\s+/g, ' '));
  const because = base.volatile === undefined ? {} : { volatile: base.volatile };
  return { kind: 'table', text, action, span, expression, aggregates: [...new Set(written)], ...because };
}
