import { EngineError, type EngineSession, type ExecuteOptions } from '../engine/engine.js';
import { type Model, placeAt } from '../graph/model.js';
import { checkFunctions } from '../notebook/checkFunctions.js';
import type { AcceptedValue, Check, CheckName } from '../notebook/checks.js';
import { type Problem, ProblemError, problem } from '../protocol/problem.js';
import type { ResultColumn } from '../protocol/result.js';
import type { Span } from '../protocol/text.js';
import { quoteIdentifier } from '../sql/names.js';
import { columnsOf, failsFor, isOwnReference, referencedBy } from './checks.js';
import { typeFault } from './checkTypes.js';
import { columnHint } from './columnHint.js';
import { expressionFault } from './expressionFault.js';

/** Where the rows of a model come from, before they are written. */
export interface RowsToCheck {
  /** A SELECT. */
  readonly select: string;
  /** Its columns; throws what is wrong with it. */
  readonly columns: () => Promise<readonly ResultColumn[]>;
}

/**
 * Finds a check that can't be judged before any row is written: a name that is not there, types that don't
 * compare. Throws a ProblemError `notebook.declaration` with its place, or what is wrong with the SELECT.
 */
export async function bindChecks(
  session: EngineSession,
  model: Model,
  rows: RowsToCheck,
  options: ExecuteOptions,
): Promise<void> {
  const { checks } = model;
  if (checks.length === 0) return;
  const source = `FROM (${rows.select}\n)`;
  const bindings = checks.map(bindingOf);
  let described: readonly ResultColumn[];
  try {
    described = await session.describe(`SELECT ${bindings.flat().join(', ')} ${source}`, options);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const columns = await rows.columns();
    for (const check of checks) await bindAlone(session, model, check, source, columns);
    throw error;
  }
  let at = 0;
  for (const [index, check] of checks.entries()) {
    const width = bindings[index]?.length ?? 0;
    const types = described.slice(at, at + width).map(({ type }) => type);
    at += width;
    await judgeTypes(session, model, check, types[0] ?? '', { rows, options });
  }
}

/** What only binds where the check does: aggregates, so that all checks of a model can stand side by side. */
function bindingOf(check: Check): readonly string[] {
  switch (check.kind) {
    case 'table':
      return [`(${check.expression})`];
    case 'not_null':
    case 'unique':
      return columnsOf(check).map((column) => `count(${column})`);
    case 'accepted':
    case 'references':
    case 'fresh':
      return [`any_value(${quoteIdentifier(check.column.name)})`];
    case 'row':
      return [`count(*) FILTER (${failsFor(check)})`];
  }
}

/** Throws the problem of a check that does not bind by itself. */
async function bindAlone(
  session: EngineSession,
  model: Model,
  check: Check,
  source: string,
  columns: readonly ResultColumn[],
): Promise<void> {
  const named = 'columns' in check ? check.columns : 'column' in check ? [check.column] : [];
  for (const column of named) requireColumn(model, check, column, columns, model.name);
  const lead = 'SELECT ((';
  const isExpression = 'expression' in check;
  const bound = isExpression
    ? `${lead}${check.expression}) IS FALSE)`
    : `SELECT ${bindingOf(check).join(', ')}`;
  try {
    await session.describe(`${bound} ${source}`);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const fault = isExpression ? expressionFault(error, model, check, lead.length, columns) : {};
    throw new ProblemError({ ...unjudged(model, check, error.message), ...fault }, { cause: error });
  }
}

function requireColumn(
  model: Model,
  check: Check,
  { name, span }: CheckName,
  columns: readonly ResultColumn[],
  table: string,
): ResultColumn {
  const found = columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  throw new ProblemError(
    problem(
      'notebook.declaration',
      `The check ${check.text} can't be judged: ${table} has no column ${name}.`,
      { ...columnHint(name, columns), place: placeAt(model.position, span) },
    ),
  );
}

interface BindingContext {
  readonly rows: RowsToCheck;
  readonly options: ExecuteOptions;
}

/** What the engine would bind all the same, by a cast that fails on some later value, or makes another one of it. */
async function judgeTypes(
  session: EngineSession,
  model: Model,
  check: Check,
  type: string,
  context: BindingContext,
): Promise<void> {
  const other =
    check.kind === 'references' ? await referencedType(session, model, check, context) : undefined;
  const fault = typeFault(check, type, other);
  if (fault !== undefined) throw new ProblemError(unjudged(model, check, fault.message, fault.span));
  if (check.kind === 'accepted') await castTogether(session, model, check, check.values, type, context);
}

/** Casts literals in one statement; one by one only to find which it is that the type does not take. */
async function castTogether(
  session: EngineSession,
  model: Model,
  check: Check,
  values: readonly AcceptedValue[],
  type: string,
  context: BindingContext,
): Promise<void> {
  try {
    const casts = values.map(({ sql }) => `CAST(${sql} AS ${type})`);
    await session.rows(`SELECT ${casts.join(', ')}`, context.options);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const [only, ...more] = values;
    if (more.length === 0)
      throw new ProblemError(unjudged(model, check, error.message, only?.span), { cause: error });
    for (const value of values) await castTogether(session, model, check, [value], type, context);
    throw error;
  }
}

async function referencedType(
  session: EngineSession,
  model: Model,
  check: Extract<Check, { readonly kind: 'references' }>,
  { rows, options }: BindingContext,
): Promise<string> {
  const { table, referenced } = check;
  const { source } = referencedBy(check);
  const columns = isOwnReference(check, model.key)
    ? await rows.columns()
    : await session.describe(`SELECT * FROM ${source}`, options);
  return requireColumn(model, check, referenced, columns, `${table.layer}.${table.name}`).type;
}

function unjudged(model: Model, check: Check, why: string, span: Span = check.span): Problem {
  return problem('notebook.declaration', `The check ${check.text} can't be judged: ${why}`, {
    hint: `A check is a condition on the columns of one row, one of aggregates, or one of ${Object.keys(checkFunctions).join('(…), ')}(…).`,
    place: placeAt(model.position, span),
  });
}
