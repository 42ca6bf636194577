import { answerTo } from './answers.js';
import type { Pollution, Way } from './description.js';
import { type Judgement, judge } from './judge.js';
import type { Tried } from './ours.js';

/** What came of a kind, held against what has to come of it. */
export interface Verdict extends Judgement {
  readonly pollution: Pollution;
  /** Absent when all is as it has to be. */
  readonly fault?: string;
}

/** Judges one try. The words and the line of an error are compared at the first look, which has to explain most. */
export function verdictOf({ pollution, truth, reading, told }: Tried, way: Way): Verdict {
  const judgement = judge(truth, reading, true);
  const verdict = { pollution, ...judgement };
  const wanted = pollution.known?.[way] === undefined ? answerTo(pollution, way) : 'silently wrong';
  if (judgement.outcome !== wanted)
    return { ...verdict, fault: `${judgement.outcome} and not ${wanted}: ${judgement.why ?? told}` };
  if (way !== 'first' || reading.is !== 'refused') return verdict;
  const line = pollution.line ?? truth.rejects[0]?.line;
  if (line !== undefined && line !== reading.line)
    return { ...verdict, fault: `it names line ${reading.line} and not ${line}: ${told}` };
  const isSaid = pollution.says?.test(told) ?? true;
  return isSaid ? verdict : { ...verdict, fault: `it says: ${told}` };
}
