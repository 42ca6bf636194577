import type { Manifest } from '../lake/manifest.js';
import { type Place, type Problem, problem } from '../protocol/problem.js';
import { suggest } from '../protocol/suggest.js';

/** Says which table is missing from a query and what to do about it, better than the engine could. */
export function missingTable(
  name: string,
  manifest: Manifest,
  models: ReadonlySet<string>,
  place: Place,
): Problem {
  if (models.has(name)) {
    return problem('graph.never-built', `${name} was never built.`, {
      hint: 'Run the cell that builds it first.',
      place,
      fix: { kind: 'build', model: name },
    });
  }
  const known = [...new Set([...Object.keys(manifest.tables), ...models])];
  const bare = name.toLowerCase().split('.').at(-1);
  const close = known.find((key) => key.split('.')[1] === bare) ?? suggest(name, known);
  return problem('graph.unknown-table', `There is no table ${name}.`, {
    hint:
      close === undefined
        ? 'Tables of the lake are written with their layer, as silver.sales.'
        : `Did you mean ${close}?`,
    place,
    ...(close === undefined ? {} : { fix: { kind: 'replace', texts: [close] } }),
  });
}
