import type { TableEntry } from '../lake/manifest.js';
import { type Place, type Problem, problem } from '../protocol/problem.js';

/**
 * Why `AT (VERSION => …)` can't be read of a table; undefined where it can.
 * @param version undefined where the clause names none, as `AT (TIMESTAMP => …)`.
 */
export function missingVersion(
  name: string,
  entry: TableEntry | undefined,
  version: number | undefined,
  place?: Place,
): Problem | undefined {
  const kept = entry === undefined ? [] : [entry.version, ...entry.earlier].filter(hasFiles);
  if (kept.some((each) => each.version === version)) return undefined;
  const refuse = (message: string, hint: string) =>
    problem('graph.unknown-table', message, { hint, ...(place !== undefined && { place }) });
  const numbers = kept.map((each) => each.version).join(', ');
  if (entry === undefined) return refuse(`${name} has no version.`, 'It was never built.');
  if (kept.length === 0)
    return refuse(
      `${name} is a view, of which no version is kept.`,
      'Ask for a version of a table that it reads.',
    );
  return version === undefined
    ? refuse(
        `AT names a version of ${name} by its number.`,
        `Write AT (VERSION => ${kept[0]?.version}). Its versions are: ${numbers}.`,
      )
    : refuse(`${name} has no version ${version}.`, `Its versions are: ${numbers}.`);
}

/** A view stores nothing. */
function hasFiles({ directory }: { readonly directory?: string }): boolean {
  return directory !== undefined;
}
