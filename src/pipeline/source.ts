import type { Model, SessionStatement, StatementPosition } from '../graph/model.js';
import { placeAt } from '../graph/model.js';
import type { SessionStatements } from '../graph/sessionUse.js';
import type { CellStatement } from '../notebook/statements.js';
import type { NotebookOnScreen } from '../protocol/kernel.js';
import { type Problem, problem } from '../protocol/problem.js';
import type { Span } from '../protocol/text.js';
import { normaliseSql } from '../sql/normalise.js';
import type { References } from '../sql/parser.js';
import { type EmbeddedQuery, sourceOffset } from '../sql/statement.js';
import { tokenAt } from '../sql/tokenAt.js';
import type { Analysis } from './analysis.js';
import type { PipelineContext } from './context.js';
import { conditionOf, modelChecks } from './modelChecks.js';
import { readNotebooks } from './readNotebooks.js';
import { joinReferences, mapReferences, noReferences } from './references.js';
import { lakeWriteProblem, outsidePipelineProblem } from './refused.js';
import { runStartParameters } from './runStart.js';
import type { SourceNotebook } from './sourceNotebook.js';
import { syntaxProblem } from './sqlProblem.js';
import { strayStatement } from './strayStatement.js';

/** Everything that the notebooks say, ready to be connected. */
export interface PipelineSource {
  readonly models: readonly Model[];
  readonly sessions: SessionStatements;
  readonly notebooks: readonly SourceNotebook[];
  /** What concerns no model that could be built. */
  readonly problems: readonly Problem[];
}

/** Its session statements are shared by all notebooks. */
const sharedNotebook = /(^|\/)_session\.ratnb$/;

/** A statement with its position and what became of its queries. */
interface Positioned {
  readonly statement: CellStatement;
  readonly position: StatementPosition;
  readonly cellProblems: readonly Problem[];
  readonly pipeline: boolean;
  readonly analyses: readonly (readonly [EmbeddedQuery, Analysis])[];
}

/** Reads the notebooks and finds out what their statements refer to. The engine is asked for new texts only. */
export async function readSource(
  context: PipelineContext,
  pattern: string,
  onScreen?: NotebookOnScreen,
): Promise<PipelineSource> {
  const { notebooks, problems } = readNotebooks(context.notebooks, context.root, pattern, onScreen);
  const statements = await analysed(context, notebooks.flatMap(positioned));
  const sessionOf = statements.flatMap(sessionStatement);
  const shared = sessionOf.filter(({ position }) => sharedNotebook.test(position.notebook));
  const byNotebook = new Map(
    notebooks.map(({ path }) => [
      path,
      sharedNotebook.test(path) ? [] : sessionOf.filter(({ position }) => position.notebook === path),
    ]),
  );
  return {
    models: statements.flatMap(model),
    sessions: { shared, byNotebook },
    notebooks,
    problems: [...problems, ...notebooks.flatMap(problemsWithoutModel), ...statements.flatMap(refusals)],
  };
}

type Unanalysed = Omit<Positioned, 'analyses'>;

function positioned({ path, pipeline, cells }: SourceNotebook): readonly Unanalysed[] {
  let ordinal = 0;
  return cells.flatMap(({ cell, text, statements, problems }) =>
    statements.map((statement) => {
      const position = { notebook: path, cell, ordinal, cellText: text };
      ordinal += 1;
      return { statement, position, cellProblems: problems, pipeline };
    }),
  );
}

async function analysed(
  context: PipelineContext,
  statements: readonly Unanalysed[],
): Promise<readonly Positioned[]> {
  const wanted = statements.map(({ statement }) => queriesOf(statement));
  const outcomes = await context.analyst.analyse(wanted.flat().map(({ text }) => text));
  let next = 0;
  return statements.map((each, index) => {
    const analyses = (wanted[index] ?? []).flatMap((query) => {
      const analysis = outcomes[next];
      next += 1;
      return analysis === undefined ? [] : [[query, analysis] as const];
    });
    return { ...each, analyses };
  });
}

/** Queries are read too: a semicolon forgotten above a model makes it a part of them. */
function queriesOf({ kind, declarations }: CellStatement): readonly EmbeddedQuery[] {
  if (kind.kind === 'model') return [kind.select, ...declarations.checks.flatMap(conditionOf)];
  if (kind.kind === 'query') return selectVerbs.has(kind.verb) ? [kind.query] : [];
  return kind.kind === 'session' ? kind.queries : [];
}

const selectVerbs = new Set(['select', 'from', 'with', 'values']);

function sessionStatement({ statement, position, analyses, pipeline }: Positioned): SessionStatement[] {
  const { kind, span, text } = statement;
  if (kind.kind !== 'session' || !pipeline) return [];
  const references = analyses.flatMap(([query, analysis]) =>
    analysis.ok
      ? [mapReferences(analysis.references, (offset) => sourceOffset(query, offset) - span.start)]
      : [],
  );
  return [
    {
      kind: kind.what,
      name: kind.name,
      position,
      start: span.start,
      text,
      references: withRunStart(joinReferences(references), text),
    },
  ];
}

function model(each: Positioned): Model[] {
  const { statement, position, analyses, cellProblems, pipeline } = each;
  const { kind, declarations } = statement;
  const [analysis, ...ofChecks] = analyses;
  if (kind.kind !== 'model' || !pipeline || analysis === undefined) return [];
  const [query, outcome] = analysis;
  const judged = modelChecks(declarations.checks, ofChecks, position);
  const name = `${kind.target.layer}.${kind.target.name}`;
  const references = outcome.ok ? withRunStart(outcome.references, query.text) : noReferences;
  return [
    {
      key: name.toLowerCase(),
      name,
      layer: kind.target.layer,
      form: kind.form,
      position,
      nameSpan: kind.target.span,
      select: query.text,
      normalised: outcome.ok ? outcome.normalised : normaliseSql(query.text),
      selectStart: query.span.start,
      references,
      checks: judged.checks,
      checkReferences: judged.references,
      tags: declarations.tags.map(({ value }) => value),
      columns: declarations.columns,
      problems: [
        ...cellProblems,
        ...judged.problems,
        ...(outcome.ok ? [] : [parseProblem(outcome, query, position)]),
      ],
      ...(declarations.description === undefined ? {} : { description: declarations.description.value }),
      ...(declarations.owner === undefined ? {} : { owner: declarations.owner.value }),
    },
  ];
}

function withRunStart(references: References, sql: string): References {
  if (runStartParameters(sql).length === 0) return references;
  return { ...references, volatile: [...references.volatile, '$run_started_at'] };
}

function parseProblem(
  outcome: Extract<Analysis, { readonly ok: false }>,
  query: EmbeddedQuery,
  position: StatementPosition,
): Problem {
  const { offset = 0, message } = outcome;
  const placeOf = ({ start, end }: Span) =>
    placeAt(position, { start: sourceOffset(query, start), end: sourceOffset(query, end) });
  if (outcome.reason === 'syntax') return syntaxProblem(message, offset, { text: query.text, placeOf });
  return problem('sql.unserialisable', message, {
    hint: 'A model is one SELECT. A PIVOT in a model names its columns: IN (…).',
    place: placeOf(tokenAt(query.text, offset)),
  });
}

/** Problems of cells whose models carry them are told with the model. */
function problemsWithoutModel({ cells, pipeline }: SourceNotebook): readonly Problem[] {
  if (!pipeline) return [];
  return cells
    .filter(({ statements }) => !statements.some(({ kind }) => kind.kind === 'model'))
    .flatMap(({ problems }) => problems);
}

function refusals({ statement, position, pipeline, analyses }: Positioned): readonly Problem[] {
  const { kind } = statement;
  if (kind.kind === 'lake write') return [lakeWriteProblem(kind, position)];
  if (kind.kind === 'model' && !pipeline) return [outsidePipelineProblem(kind, position)];
  if (!pipeline) return [];
  if (kind.kind === 'other') {
    const { start } = statement.span;
    const placeOf = (at: Span) => placeAt(position, { start: start + at.start, end: start + at.end });
    return [strayStatement(statement.text, placeOf) ?? []].flat();
  }
  if (kind.kind !== 'session' && kind.kind !== 'query') return [];
  return analyses.flatMap(([query, outcome]) =>
    outcome.ok || (kind.kind === 'query' && outcome.reason !== 'syntax')
      ? []
      : [parseProblem(outcome, query, position)],
  );
}
