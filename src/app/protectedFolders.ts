import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { PipelineContext } from '../pipeline/context.js';
import { type Place, ProblemError, problem } from '../protocol/problem.js';
import type { Span } from '../protocol/text.js';
import { isSignificant, type Token, tokenise } from '../sql/tokenise.js';

/** Statements that can write a file, also below PREPARE and EXPLAIN. */
const writingVerbs = new Set(['copy', 'export', 'attach', 'prepare', 'explain']);
/** Statements that can make the engine write a file whose name stands anywhere in them, as a log's. */
const configuringVerbs = new Set(['call', 'pragma', 'set']);
/** Words after which a statement says where it writes. */
const writingWords = new Set(['to', 'database', 'attach']);
const attachWords = new Set(['exists', 'replace']);

/**
 * Refuses a statement that would write a file into the lake: only runs do that. A name that is known only
 * when the statement runs is refused too. Throws a ProblemError `lake.write-refused` with the place of the name.
 */
export function assertWritesOutsideTheLake(
  sql: string,
  { root, lake }: PipelineContext,
  placeOf: (span: Span) => Place,
): void {
  const tokens = tokenise(sql).filter(isSignificant);
  const verb = wordAt(sql, tokens[0]);
  const configures = configuringVerbs.has(verb) && wordAt(sql, tokens[1]) !== 'variable';
  if (!writingVerbs.has(verb) && !configures) return;
  const names = configures ? tokens.filter(({ kind }) => kind === 'string') : writtenNames(sql, tokens);
  for (const token of names) {
    const path = pathOf(sql.slice(token.start, token.end));
    if (path === undefined) {
      throw new ProblemError(
        problem('lake.write-refused', 'Where this statement writes is known only when it runs.', {
          hint: "Write the file's name out in plain quotes: TO 'exports/sales.csv'.",
          place: placeOf(token),
        }),
      );
    }
    // A name of nothing is a database in memory.
    if (path === '') continue;
    const trouble = lakeTrouble(resolve(root, path), [...lake.layout.layerFolders, lake.layout.own]);
    if (trouble === undefined) continue;
    throw new ProblemError(
      problem('lake.write-refused', `${path} ${trouble}; only a run writes there.`, {
        hint: 'Write the file elsewhere, or make a model: CREATE OR REPLACE TABLE gold.name AS SELECT …',
        place: placeOf(token),
      }),
    );
  }
}

/**
 * Refuses a file, by its absolute path, in the lake or among the files that land. Throws a ProblemError
 * `lake.write-refused`.
 */
export function assertNoProjectData(file: string, { lake }: Pick<PipelineContext, 'lake'>): void {
  const { layout } = lake;
  if (lakeTrouble(file, [...layout.layerFolders, layout.own, layout.landing]) === undefined) return;
  throw new ProblemError(
    problem('lake.write-refused', `${file} can't be written: its folder is the project's own.`, {
      hint: 'Choose another folder, as exports.',
    }),
  );
}

/** What writing to a path would do to the lake. A COPY of partitions can empty its folder first, with all below. */
function lakeTrouble(target: string, folders: readonly string[]): string | undefined {
  const targets = [target, realPath(target)];
  const all = [...folders, ...folders.map(realPath)];
  const somePair = (test: (folder: string, path: string) => boolean): boolean =>
    all.some((folder) => targets.some((path) => test(folder, path)));
  if (somePair(isInside)) return 'belongs to the lake';
  return somePair((folder, path) => isInside(path, folder)) ? 'holds the lake' : undefined;
}

/** With all links followed, as far as the path is there. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    const parent = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === path) return path;
    return join(realPath(parent), basename(path));
  }
}

/** What stands after a writing word outside of parentheses, bare words left out: those hold no folder. */
function writtenNames(sql: string, tokens: readonly Token[]): readonly Token[] {
  let depth = 0;
  return tokens.filter((token, index) => {
    const text = sql.slice(token.start, token.end);
    const names = token.kind === 'operator' ? text === '(' : token.kind !== 'word';
    const isWritten = depth === 0 && names && announcesName(wordAt(sql, tokens[index - 1]), sql, tokens);
    if (token.kind === 'operator' && text === '(') depth += 1;
    if (token.kind === 'operator' && text === ')') depth -= 1;
    return isWritten;
  });
}

/** `EXISTS` does in `ATTACH IF NOT EXISTS` alone, `REPLACE` in `ATTACH OR REPLACE`. */
function announcesName(word: string, sql: string, [first]: readonly Token[]): boolean {
  return writingWords.has(word) || (attachWords.has(word) && wordAt(sql, first) === 'attach');
}

/** The path that a literal names; undefined for an expression, a parameter, and a string with escapes. */
function pathOf(written: string): string | undefined {
  const quote = written[0];
  if (quote !== "'" && quote !== '"') return undefined;
  const name = written.slice(1, -1).replaceAll(quote + quote, quote);
  return name.replace(/^file:(\/\/(localhost)?(?=\/))?/i, '');
}

function wordAt(sql: string, token: Token | undefined): string {
  return token?.kind === 'word' ? sql.slice(token.start, token.end).toLowerCase() : '';
}

/** Without case: many file systems don't tell `Data` from `data`. */
function isInside(folder: string, path: string): boolean {
  const inside = relative(folder.toLowerCase(), path.toLowerCase());
  return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}
