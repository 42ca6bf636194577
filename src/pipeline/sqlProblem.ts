import type { EngineError } from '../engine/engine.js';
import { type Place, type Problem, problem } from '../protocol/problem.js';
import { writtenName } from '../sql/writtenName.js';

/** What a person reads of an engine's error; `placeOf`, where there is one, turns its offset into a place. */
export function sqlProblem(error: EngineError, placeOf?: (offset: number) => Place): Problem {
  const { type, offset, candidates } = error.details;
  const code = type === 'Parser' ? 'sql.syntax' : 'sql.failed';
  const likeliest = (candidates ?? []).slice(0, 3);
  // Signatures of a function, as `sum(DOUBLE) -> DOUBLE`, can be read but not put in the place of a name.
  const names = likeliest.filter((candidate) => !candidate.includes(' -> ')).map(writtenName);
  return problem(code, error.message, {
    ...(likeliest.length === 0 ? {} : { hint: `Did you mean ${likeliest.join(', ')}?` }),
    ...(names.length === 0 ? {} : { fix: { kind: 'replace', texts: names } }),
    ...(offset === undefined || placeOf === undefined ? {} : { place: placeOf(offset) }),
  });
}
