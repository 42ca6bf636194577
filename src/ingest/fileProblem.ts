import { type Problem, ProblemError, problem } from '../protocol/problem.js';

/** Where a landing file is, for people: relative to the project. */
export function shownPath(path: string): string {
  return `data/landing/${path}`;
}

interface More {
  readonly line?: number | undefined;
  readonly hint?: string | undefined;
  readonly cause?: string | undefined;
}

/** What is wrong with a landing file, by its path below the landing folder. `what` follows its name. */
export function fileProblem(path: string, what: string, { line, hint, cause }: More = {}): Problem {
  const file = shownPath(path);
  return problem('landing.file', `${file} ${what}.`, {
    place: { file, ...(line !== undefined && { line }) },
    ...(hint !== undefined && { hint }),
    ...(cause !== undefined && { cause }),
  });
}

/** As {@link fileProblem}, to be thrown. */
export function fileError(path: string, what: string, more: More = {}, cause?: unknown): ProblemError {
  return new ProblemError(fileProblem(path, what, more), { cause });
}

/** A text of a file in one line of a message, cut to a length that people read. */
export function excerpt(text: string): string {
  const line = JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}…` : text);
  return line.slice(1, -1).replaceAll('\\"', '"');
}
