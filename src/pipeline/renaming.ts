import type { Graph } from '../graph/graph.js';
import { placeAt } from '../graph/model.js';
import type { Manifest } from '../lake/manifest.js';
import { parseTableName, tableKey } from '../lake/tableName.js';
import { type Problem, problem } from '../protocol/problem.js';
import { suggest } from '../protocol/suggest.js';
import { modelHash } from './fingerprint.js';

/** What is to get another name, each as `layer.name` in any case. */
export interface Renaming {
  readonly from: string;
  readonly to: string;
}

/**
 * What stands against giving a table another name with all its versions; undefined when nothing does. Only a
 * table whose model was renamed may: then the next run goes on where the last one ended. Throws a ProblemError
 * `model.name` for a name that no table has. Pure.
 */
export function renamingProblem(
  { from, to }: Renaming,
  manifest: Manifest,
  graph: Graph,
): Problem | undefined {
  const [old, next] = [parseTableName(from), parseTableName(to)];
  const [oldKey, nextKey] = [tableKey(old), tableKey(next)];
  const entry = manifest.tables[oldKey];
  if (entry === undefined) return unknownTable(from, Object.keys(manifest.tables));
  if (oldKey === nextKey) {
    return refused(`${from} and ${to} are the same table: names compare without case.`, {
      hint: 'Change the name in its statement and run: nothing is built for that.',
    });
  }
  if (old.layer !== next.layer) {
    return refused(`${from} can't become ${to}: a table stays in its layer.`, {
      hint: `Run ${to} to build it; clean --orphans removes ${from} then.`,
    });
  }
  if (manifest.tables[nextKey] !== undefined) {
    return refused(`There is a table ${to} already.`, {
      hint: `To have the versions of ${from} instead, take the statement of ${to} out, clean --orphans, put it back, and rename before you run.`,
    });
  }
  return modelProblem({ from, to }, graph, oldKey, nextKey, entry.version.fingerprint.sql);
}

function modelProblem(
  { from, to }: Renaming,
  { nodes }: Graph,
  oldKey: string,
  nextKey: string,
  sql: string,
): Problem | undefined {
  const before = nodes.get(oldKey)?.model;
  if (before !== undefined) {
    return refused(`A model still builds ${from}.`, {
      hint: `Change the name in its statement to ${to}, then rename.`,
      place: placeAt(before.position, before.nameSpan),
    });
  }
  const model = nodes.get(nextKey)?.model;
  if (model === undefined) {
    return refused(`No model builds ${to}.`, {
      hint: `Change the name in the statement that built ${from} to ${to}, then rename.`,
    });
  }
  if (modelHash(model) === sql) return undefined;
  return refused(`${to} has another SELECT than the one that built ${from}.`, {
    hint: 'Rename with the SELECT as it was, and change it afterwards: so the next run says what changed.',
    place: placeAt(model.position, model.nameSpan),
  });
}

function refused(message: string, more: Pick<Problem, 'hint' | 'place'>): Problem {
  return problem('rename.refused', message, more);
}

function unknownTable(name: string, known: readonly string[]): Problem {
  const close = suggest(name, known);
  return problem('graph.unknown-table', `There is no table ${name}.`, {
    hint: close === undefined ? 'See the tables by `ratatouille status`.' : `Did you mean ${close}?`,
  });
}
