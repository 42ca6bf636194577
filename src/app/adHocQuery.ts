import type { AdHocStatement } from '../pipeline/querySession.js';
import { strayStatement } from '../pipeline/strayStatement.js';
import { ProblemError, problem } from '../protocol/problem.js';
import { lineAndColumn } from '../protocol/text.js';
import { classify } from '../sql/classify.js';
import { splitStatements } from '../sql/split.js';

/** The one query in a text. Throws a ProblemError for none, for several, and for what is no query. */
export function adHocQuery(sql: string): AdHocStatement {
  const [statement, ...more] = splitStatements(sql);
  if (statement === undefined) {
    throw new ProblemError(
      problem('cli.usage', 'There is no query.', { hint: 'Try: FROM gold.daily_sales' }),
    );
  }
  const placeOf = ({ start, end }: { readonly start: number; readonly end: number }) => {
    const from = lineAndColumn(sql, statement.span.start + start);
    const to = lineAndColumn(sql, statement.span.start + end);
    return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  };
  const [second] = more;
  if (second !== undefined) {
    throw new ProblemError(
      problem('cli.usage', 'One query at a time.', {
        hint: 'Run the second one by itself.',
        place: lineAndColumn(sql, second.span.start),
      }),
    );
  }
  const kind = classify(statement.text);
  const misspelt = kind.kind === 'other' ? strayStatement(statement.text, placeOf) : undefined;
  if (misspelt?.severity === 'error') throw new ProblemError(misspelt);
  if (kind.kind !== 'query') {
    throw new ProblemError(
      problem('cli.usage', 'Only queries can be asked here: the lake is changed by its notebooks.', {
        hint: 'Write a SELECT, or put the statement into a notebook.',
        place: placeOf({ start: 0, end: statement.text.length }),
      }),
    );
  }
  return { text: statement.text, query: kind.query, placeOf };
}
