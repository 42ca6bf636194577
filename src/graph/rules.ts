import { layers } from '../protocol/layer.js';
import { type Problem, problem, warning } from '../protocol/problem.js';
import { suggest } from '../protocol/suggest.js';
import type { Span } from '../protocol/text.js';
import { checkProblems } from './checkRules.js';
import { isFileName, type ModelInputs, type TableInput } from './inputs.js';
import { type Model, placeAt, placeInSelect, type SessionStatement } from './model.js';
import { usedStatements } from './sessionUse.js';

export interface Judged {
  readonly model: Model;
  /** All models of this table, this one first. */
  readonly same: readonly Model[];
  readonly session: readonly SessionStatement[];
  readonly inputs: ModelInputs;
  readonly models: ReadonlyMap<string, readonly Model[]>;
  readonly published: ReadonlySet<string>;
  readonly publishedViews: ReadonlySet<string>;
}

/** What the layer rules say of one model; cycles are found apart. */
export function ruleProblems(judged: Judged): readonly Problem[] {
  return [
    ...judged.model.problems,
    ...duplicates(judged),
    ...judged.inputs.tables.flatMap((table) => tableProblems(table, judged)),
    ...unqualifiedTables(judged),
    ...landingProblems(judged),
    ...hiddenReads(judged),
    ...lakeFiles(judged),
    ...viewProblems(judged),
    ...versionClauses(judged),
    ...orderWarnings(judged),
    ...checkProblems(judged),
  ];
}

function duplicates({ model, same }: Judged): Problem[] {
  if (same.length < 2) return [];
  const places = same.map(({ position }) => `${position.notebook}, cell ${position.cell}`);
  return [
    problem('model.duplicate', `${model.name} is built in ${same.length} places: ${places.join('; ')}.`, {
      hint: 'Keep one of them, or give the other table a name of its own.',
      place: placeAt(model.position, model.nameSpan),
    }),
  ];
}

function tableProblems(table: TableInput, judged: Judged): Problem[] {
  const { model, models, published } = judged;
  const place = placeAt(table.position, table.span);
  if (layers.indexOf(table.layer) > layers.indexOf(model.layer)) {
    return [
      problem(
        'graph.upward',
        `${model.name} reads ${table.name}: a layer never reads from a layer above it.`,
        {
          hint: `Build ${model.name} in ${table.layer}, or read what ${table.name} is made from.`,
          place,
        },
      ),
    ];
  }
  const builders = models.get(table.key);
  if (builders === undefined) {
    if (judged.publishedViews.has(table.key)) return [orphanedView(table)];
    return published.has(table.key) ? [orphanWarning(table)] : [unknownTable(table, models, published)];
  }
  const [builder] = builders;
  if (builder !== undefined && isFurtherDown(builder, table)) {
    return [
      problem('graph.order', `${table.name} is built further down, in cell ${builder.position.cell}.`, {
        hint: `Move the cell that builds ${table.name} above this one.`,
        place,
        ...moveAbove(builder, table),
      }),
    ];
  }
  return [];
}

function isFurtherDown(builder: Model, table: TableInput): boolean {
  return (
    builder.position.notebook === table.position.notebook && builder.position.ordinal > table.position.ordinal
  );
}

/** Within one cell it is the statement that has to move, which only a person can do. */
function moveAbove(builder: Model, table: TableInput): Pick<Problem, 'fix'> {
  const { cell } = builder.position;
  const above = table.position.cell;
  return cell === above ? {} : { fix: { kind: 'move cell', cell, above } };
}

function orphanWarning(table: TableInput): Problem {
  return warning('graph.orphan', `${table.name} is an orphan: no notebook builds it any more.`, {
    hint: 'Its last version is read. Bring its model back, or read another table.',
    place: placeAt(table.position, table.span),
  });
}

/** A view's rows are those of what it reads, which no graph knows without its model. */
function orphanedView(table: TableInput): Problem {
  return problem('graph.orphan', `${table.name} is a view that no notebook builds any more.`, {
    hint: 'Bring its model back, or read what it was made from.',
    place: placeAt(table.position, table.span),
  });
}

function unknownTable(
  table: TableInput,
  models: ReadonlyMap<string, readonly Model[]>,
  published: ReadonlySet<string>,
): Problem {
  const close = suggest(table.key, [...models.keys(), ...published]);
  return problem('graph.unknown-table', `There is no table ${table.name}.`, {
    hint: close === undefined ? 'No notebook builds a table of this name.' : `Did you mean ${close}?`,
    place: placeAt(table.position, table.span),
    ...(close === undefined ? {} : { fix: { kind: 'replace', texts: [close] } }),
  });
}

/** A name without a schema is a session table or a file; a table of the lake is always written with its layer. */
function unqualifiedTables({ model, session, models, published }: Judged): Problem[] {
  const temporary = new Set(
    session.filter(({ kind }) => kind.startsWith('temporary')).map(({ name }) => name),
  );
  return model.references.tables.flatMap((table) => {
    const name = table.name.toLowerCase();
    if (table.schema !== undefined || temporary.has(name) || isFileName(name) || /[/*:]/.test(name))
      return [];
    const lake = [...new Set([...models.keys(), ...published])];
    const same = lake.find((key) => key.split('.')[1] === name);
    const close = same ?? suggest(name, [...lake, ...temporary]);
    const hint =
      close === undefined
        ? 'Tables of the lake are written with their layer, as silver.sales. Temporary tables must be made above, in this notebook.'
        : `Did you mean ${close}?`;
    return [
      problem('graph.unknown-table', `There is no table ${table.name}.`, {
        hint,
        place: placeInSelect(model, table.span),
        ...(close === undefined ? {} : { fix: { kind: 'replace', texts: [close] } }),
      }),
    ];
  });
}

function landingProblems({ model, inputs }: Judged): Problem[] {
  return inputs.landing.flatMap(({ pattern, position, span }) => {
    const place = placeAt(position, span);
    if (pattern === undefined) {
      return [
        problem('landing.path', 'landing() takes one text in quotes.', {
          hint: "Write the files' pattern out: landing('sales/*.csv').",
          place,
        }),
      ];
    }
    if (model.layer === 'bronze') return [];
    return [
      problem('graph.landing-outside-bronze', `${model.name} reads landing files; only bronze does that.`, {
        hint: `Make a table bronze.${model.name.split('.')[1]} from them first, and read that.`,
        place,
      }),
    ];
  });
}

/** Functions whose argument is SQL: what they read could not be seen in the graph. */
const sqlFunctions = new Set(['query', 'query_table', 'json_execute_serialized_sql']);

function hiddenReads(judged: Judged): Problem[] {
  return sourcesOf(judged).flatMap(({ references, placeOf }) =>
    references.tableFunctions
      .filter(({ name }) => sqlFunctions.has(name))
      .map(({ name, span }) =>
        problem('model.form', `${name}() hides what the model reads.`, {
          hint: 'Write the table, or the query in parentheses, in its place.',
          place: placeOf(span),
        }),
      ),
  );
}

/** A file of the lake read by its name would be read before the run that makes it anew. */
function lakeFiles({ model, inputs }: Judged): Problem[] {
  return inputs.outsideFiles.flatMap((path) => {
    const found = /(?:^|[\\/])data[\\/](bronze|silver|gold)[\\/](\w+)/i.exec(path);
    const own = /(?:^|[\\/])\.ratatouille[\\/]/.test(path);
    if (found === null && !own) return [];
    const table = found === null ? 'its table' : `${found[1]}.${found[2]}`;
    return [
      problem('model.form', `${path} is a file of the lake.`, {
        hint: `Read the table instead: FROM ${table}.`,
        place: placeAt(model.position, model.nameSpan),
      }),
    ];
  });
}

/** The model's SELECT and the session statements it uses, each with the way from its offsets to places. */
function sourcesOf({ model, session }: Judged) {
  const statements = session.map(({ references, position, start }) => ({
    references,
    placeOf: (span: Span) => placeAt(position, { start: start + span.start, end: start + span.end }),
  }));
  return [
    ...statements,
    { references: model.references, placeOf: (span: Span) => placeInSelect(model, span) },
  ];
}

/** A view's text runs wherever it is read, so what it uses must be there: only shared macros and types are. */
function viewProblems({ model, session }: Judged): Problem[] {
  if (model.form !== 'view') return [];
  if (model.references.tableFunctions.some(({ name }) => name === 'landing')) {
    return [
      problem(
        'model.form',
        `The view ${model.name} would read its files anew, and count nothing, each time.`,
        {
          hint: 'Make it a table: CREATE OR REPLACE TABLE.',
          place: placeAt(model.position, model.nameSpan),
        },
      ),
    ];
  }
  const own = usedStatements(model.references, session).filter(
    (statement) => statement.position.notebook === model.position.notebook && statement.kind !== 'setting',
  );
  return own.map((statement) =>
    problem('model.form', `The view ${model.name} uses ${statement.name}, which only this notebook has.`, {
      hint: `Move it to notebooks/_session.ratnb, which every notebook shares, or make ${model.name} a table.`,
      place: placeAt(model.position, model.nameSpan),
    }),
  );
}

function versionClauses(judged: Judged): Problem[] {
  return sourcesOf(judged).flatMap(({ references, placeOf }) =>
    references.tables.flatMap(({ at }) =>
      at === undefined
        ? []
        : [
            problem('model.form', 'A model always reads current versions.', {
              hint: 'Take AT (VERSION => …) away. Queries may use it.',
              place: placeOf(at.span),
            }),
          ],
    ),
  );
}

function orderWarnings({ model }: Judged): Problem[] {
  return model.references.unordered.map(({ what, span }) =>
    warning('graph.unordered', `${what} without a complete order: the result can differ from run to run.`, {
      hint: 'Add an ORDER BY that decides between any two rows.',
      place: placeInSelect(model, span),
    }),
  );
}
