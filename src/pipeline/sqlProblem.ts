import type { EngineError } from '../engine/engine.js';
import { type Place, type Problem, problem } from '../protocol/problem.js';

/** What a person reads of an engine's error; `placeOf`, where there is one, turns its offset into a place. */
export function sqlProblem(error: EngineError, placeOf?: (offset: number) => Place): Problem {
  const { type, offset, candidates } = error.details;
  const code = type === 'Parser' ? 'sql.syntax' : 'sql.failed';
  const [first] = candidates ?? [];
  return problem(code, error.message, {
    ...(first === undefined ? {} : { hint: `Did you mean ${(candidates ?? []).slice(0, 3).join(', ')}?` }),
    ...(offset === undefined || placeOf === undefined ? {} : { place: placeOf(offset) }),
  });
}
