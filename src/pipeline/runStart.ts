import type { Span } from '../protocol/text.js';
import { tokenise } from '../sql/tokenise.js';

/** The parameter that stands for the moment at which a run began. */
const runStart = '$run_started_at';

/** Where a statement writes `$run_started_at`: one value for a whole run, unlike `now()`. */
export function runStartParameters(sql: string): readonly Span[] {
  if (!sql.includes('$')) return [];
  return tokenise(sql).filter(
    ({ kind, start, end }) => kind === 'parameter' && sql.slice(start, end).toLowerCase() === runStart,
  );
}
