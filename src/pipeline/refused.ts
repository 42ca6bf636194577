import { placeAt, type StatementPosition } from '../graph/model.js';
import { type Problem, problem } from '../protocol/problem.js';
import type { LakeWrite, ModelStatement } from '../sql/statement.js';

const rewrites: Readonly<Record<string, string>> = {
  INSERT: 'Add the rows in the SELECT of its model, with UNION ALL.',
  UPDATE: 'Compute the new value in the SELECT of its model, with CASE or REPLACE.',
  DELETE: 'Leave the rows out in the SELECT of its model, with WHERE.',
  ALTER: 'Change the columns in the SELECT of its model.',
};

/** A statement that the next run would undo: a table is what the SELECT of its model says. */
export function lakeWriteProblem({ verb, target }: LakeWrite, position: StatementPosition): Problem {
  return problem('model.write', `${verb} would change ${target.text} behind the back of its model.`, {
    hint: rewrites[verb] ?? 'Say in the SELECT of its model what the table has.',
    place: placeAt(position, target.span),
  });
}

/** A model in a notebook that is not part of the pipeline. */
export function outsidePipelineProblem({ target }: ModelStatement, position: StatementPosition): Problem {
  const name = `${target.layer}.${target.name}`;
  return problem('model.form', `This notebook is not part of the pipeline, so it can't build ${name}.`, {
    hint: 'Move it into the notebooks folder, or take `pipeline: false` out of its first lines.',
    place: placeAt(position, target.span),
  });
}
