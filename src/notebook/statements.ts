import { type Place, type Problem, problem } from '../protocol/problem.js';
import type { ProblemCode } from '../protocol/problemCodes.js';
import type { Span } from '../protocol/text.js';
import { classify } from '../sql/classify.js';
import { splitStatements } from '../sql/split.js';
import type { StatementKind } from '../sql/statement.js';
import { type Token, tokenise } from '../sql/tokenise.js';
import { declaredKey } from './declarationLines.js';
import { type Declarations, isDeclarationKey, parseDeclarations } from './declarations.js';
import { placeInCell } from './place.js';

/** One statement of a cell. All spans, those of `kind` and `declarations` too, are offsets into the cell's text. */
export interface CellStatement {
  readonly span: Span;
  readonly text: string;
  readonly kind: StatementKind;
  readonly declarations: Declarations;
}

export interface CellStatements {
  readonly statements: readonly CellStatement[];
  readonly problems: readonly Problem[];
}

/**
 * Reads the statements of a code cell. `where`, a notebook and a cell, is put into the places of problems.
 * A refused form of a model is a statement here, and its problem is among `problems`.
 */
export function cellStatements(text: string, where: Place = {}): CellStatements {
  const problems: Problem[] = [];
  const report = (code: ProblemCode, message: string, hint: string, span: Span): void => {
    problems.push(problem(code, message, { hint, place: { ...where, ...placeInCell(text, span) } }));
  };
  const split = splitStatements(text);
  const statements = split.map(({ span, text: statement, comments }) => {
    const kind = classify(text, span);
    const parsed = parseDeclarations(text, comments, where);
    problems.push(...parsed.problems);
    if (kind.kind === 'refused model') report(kind.code, kind.message, kind.hint, kind.span);
    reportUseless(kind, parsed.declarations, report);
    return { span, text: statement, kind, declarations: parsed.declarations };
  });
  const attached = new Set(split.flatMap(({ comments }) => comments.map((comment) => comment.start)));
  for (const token of tokenise(text)) {
    if (token.unterminated) reportUnterminated(text, token, report);
    if (token.kind === 'line comment' && !attached.has(token.start)) reportDetached(text, token, report);
  }
  return { statements, problems };
}

type Report = (code: ProblemCode, message: string, hint: string, span: Span) => void;

/** What is declared where it does nothing. Descriptions and owners are documentation and stand anywhere. */
function reportUseless(kind: StatementKind, declarations: Declarations, report: Report): void {
  if (kind.kind === 'refused model') return;
  const { checks, columns, tags } = declarations;
  if (kind.kind === 'model') {
    if (kind.form === 'table') return;
    for (const { span } of checks) {
      const hint = 'Make it a TABLE, or check the tables that read it.';
      report('notebook.declaration', 'A view stores no rows, so there is nothing to check.', hint, span);
    }
    return;
  }
  for (const { span } of [...checks, ...columns, ...tags]) {
    const hint = 'Write it directly above CREATE OR REPLACE TABLE layer.name AS SELECT …';
    report('notebook.declaration', 'The statement below makes no table of the lake.', hint, span);
  }
}

/** A declaration after the last statement, inside a statement, or behind one on its line. */
function reportDetached(text: string, token: Token, report: Report): void {
  const key = declaredKey(text.slice(token.start, token.end));
  if (key === undefined || !isDeclarationKey(key)) return;
  const hint = 'Write it on lines of its own directly above the statement.';
  report('notebook.declaration', `@${key} does not stand above a statement.`, hint, token);
}

function reportUnterminated(_text: string, token: Token, report: Report): void {
  const span = { start: token.start, end: token.start + 1 };
  report('sql.syntax', `The ${token.kind} that begins here is never closed.`, 'Close it.', span);
}
