import { isAbsolute, relative, resolve } from 'node:path';
import type { PipelineContext } from '../pipeline/context.js';
import { type Place, ProblemError, problem } from '../protocol/problem.js';
import type { Span } from '../protocol/text.js';
import { isSignificant, type Token, tokenise } from '../sql/tokenise.js';

/** Words after which a file name says where a statement writes. */
const writingWords = new Set(['to', 'database', 'attach']);

/**
 * Refuses a statement that would write a file into the lake: only runs do that. Throws a ProblemError
 * `lake.write-refused` with the place of the file's name.
 */
export function assertWritesOutsideTheLake(
  sql: string,
  { root, lake }: PipelineContext,
  placeOf: (span: Span) => Place,
): void {
  const tokens = tokenise(sql).filter(isSignificant);
  const verb = wordAt(sql, tokens[0]);
  if (verb !== 'copy' && verb !== 'export' && verb !== 'attach') return;
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    if (token.kind !== 'string' || !writingWords.has(wordAt(sql, before))) continue;
    const path = sql.slice(token.start + 1, token.end - 1).replaceAll("''", "'");
    const target = resolve(root, path);
    if (![...lake.layout.layerFolders, lake.layout.own].some((folder) => isInside(folder, target))) continue;
    throw new ProblemError(
      problem('lake.write-refused', `${path} belongs to the lake; only a run writes there.`, {
        hint: 'Write the file elsewhere, or make a model: CREATE OR REPLACE TABLE gold.name AS SELECT …',
        place: placeOf(token),
      }),
    );
  }
}

function wordAt(sql: string, token: Token | undefined): string {
  return token?.kind === 'word' ? sql.slice(token.start, token.end).toLowerCase() : '';
}

function isInside(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside === '' || (!inside.startsWith('..') && !isAbsolute(inside));
}
