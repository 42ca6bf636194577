import { type CellStatement, cellStatements } from '../notebook/statements.js';
import { lakeKey } from '../sql/names.js';
import type { ModelStatement } from '../sql/statement.js';
import type { DefinedModel } from './catalog.js';

/** A notebook as it is on the screen or in its file. */
export interface WrittenNotebook {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly cells: readonly { readonly kind: 'code' | 'markdown'; readonly text: string }[];
}

/** The models that a notebook's cells define, in their order; broken SQL after AS is no hindrance. */
export function definedModels({ path, cells }: WrittenNotebook): readonly DefinedModel[] {
  return cells.flatMap(({ kind, text }, index) =>
    kind === 'code' ? modelsOfCell(text).map((model) => ({ ...model, notebook: path, cell: index + 1 })) : [],
  );
}

/** A model of a cell, before it is known where the cell is. */
export type CellModel = Omit<DefinedModel, 'notebook' | 'cell'>;

/** The models that one cell builds. */
export function modelsOfCell(text: string): readonly CellModel[] {
  return cellStatements(text).statements.flatMap((statement) =>
    statement.kind.kind === 'model' ? [readModel(statement.kind, statement)] : [],
  );
}

function readModel({ target, form, select }: ModelStatement, { declarations }: CellStatement): CellModel {
  const { description, owner, tags, columns, checks } = declarations;
  return {
    key: lakeKey(target),
    name: `${target.layer}.${target.name}`,
    layer: target.layer,
    form,
    select: select.text,
    tags: tags.map(({ value }) => value),
    columnDescriptions: Object.fromEntries(columns.map(({ column, value }) => [column, value])),
    checks: checks.map(({ text: check, action }) => ({ check, action })),
    ...(description === undefined ? {} : { description: description.value }),
    ...(owner === undefined ? {} : { owner: owner.value }),
  };
}
