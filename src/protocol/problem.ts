import type { ProblemCode } from './problemCodes.js';

/** Where something is. Lines and columns count from 1; columns are UTF-16 units, as editors count. */
export interface Place {
  /** The notebook, relative to the project, with forward slashes. */
  readonly notebook?: string;
  /** The cell's number in its notebook, from 1; markdown cells count. Lines then count within the cell. */
  readonly cell?: number;
  /** A settings, contract or data file, relative to the project, with forward slashes. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** What an editor can do about a problem by itself; it is done only when a person chooses it. */
export type Fix =
  /** Put one of these names, the likeliest first, where the problem's place is. */
  | { readonly kind: 'replace'; readonly texts: readonly string[] }
  /** Move a cell of the place's notebook above another one; both by their numbers from 1. */
  | { readonly kind: 'move cell'; readonly cell: number; readonly above: number }
  /** Run the cell that builds a model, given as `layer.name`. */
  | { readonly kind: 'build'; readonly model: string }
  /** Change the contract of a `landing()`, given by its pattern, so that its files fit. */
  | { readonly kind: 'accept drift'; readonly pattern: string };

/**
 * The one value that tells of something wrong, at every boundary: a cell, the terminal and REST
 * show the same code for the same fault.
 */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: 'error' | 'warning';
  /** What happened, as one sentence without a place and without a trailing line break. */
  readonly message: string;
  /** What to try. */
  readonly hint?: string;
  readonly place?: Place;
  /** What is below it, when it says more: the message of another fault, the first rows that break a check. */
  readonly cause?: string;
  /** What the hint says, in a form that an editor can carry out. */
  readonly fix?: Fix;
}

/** Carries a {@link Problem} through code that throws. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly problem: Problem,
    options?: { readonly cause?: unknown },
  ) {
    super(problem.message, options);
  }
}

type ProblemDetails = Pick<Problem, 'hint' | 'place' | 'cause' | 'fix'>;

/** Makes an error of severity `error`. */
export function problem(code: ProblemCode, message: string, more: ProblemDetails = {}): Problem {
  return { code, severity: 'error', message, ...more };
}

/** Makes a warning: the work goes on. */
export function warning(code: ProblemCode, message: string, more: ProblemDetails = {}): Problem {
  return { code, severity: 'warning', message, ...more };
}

/** A short form of a place for one line of text: `notebooks/a.ratnb, cell 3, line 2, column 5`. */
export function formatPlace(place: Place): string {
  const parts: string[] = [];
  if (place.notebook !== undefined) parts.push(place.notebook);
  if (place.file !== undefined) parts.push(place.file);
  if (place.cell !== undefined) parts.push(`cell ${place.cell}`);
  if (place.line !== undefined) parts.push(`line ${place.line}`);
  if (place.column !== undefined) parts.push(`column ${place.column}`);
  return parts.join(', ');
}
