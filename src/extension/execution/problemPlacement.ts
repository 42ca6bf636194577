import type { Place, Problem } from '../../protocol/problem.js';

/** A problem and the cell, by its index from 0, in which to mark it. */
export interface PlacedProblem {
  readonly cell: number;
  readonly place: Place;
  readonly problem: Problem;
}

/**
 * Finds the cell for each problem: the one it names when that is in this notebook, else the one that ran.
 * A place in another notebook is in the message, not in this cell's lines.
 */
export function placeProblems(
  problems: readonly Problem[],
  ran: { readonly notebook: string; readonly cell: number },
): readonly PlacedProblem[] {
  return problems.map((problem) => {
    const { place } = problem;
    const isHere = place?.notebook === undefined || place.notebook === ran.notebook;
    if (!isHere || place?.file !== undefined) return { cell: ran.cell, place: {}, problem };
    return { cell: place?.cell === undefined ? ran.cell : place.cell - 1, place: place ?? {}, problem };
  });
}
