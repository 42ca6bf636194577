import type { Layer } from '../protocol/layer.js';
import type { Span } from '../protocol/text.js';
import type { Cursor, WrittenName } from './cursor.js';
import { wholeQuery } from './embed.js';
import { lakeNameFault } from './names.js';
import type { ModelStatement, RefusedModel } from './statement.js';

interface CreateInLayer {
  readonly form: 'table' | 'view';
  readonly isTemporary: boolean;
  readonly prefix: 'recursive' | 'materialized' | undefined;
  readonly ifNotExists: boolean;
  readonly name: WrittenName;
  readonly layer: Layer;
}

/** A CREATE TABLE or VIEW in a layer, read up to its name: a model, or why it can't be one. */
export function classifyModel(cursor: Cursor, create: CreateInLayer): ModelStatement | RefusedModel {
  const { form, name, layer } = create;
  const refusal = refusedHead(create) ?? refusedTail(cursor, create);
  if (refusal !== undefined) return refusal;
  cursor.take('as');
  const select = wholeQuery(cursor);
  const dataClause = withoutData(cursor);
  if (select === undefined) return notAQuery(create);
  if (dataClause !== undefined) {
    return refuse(
      'WITH DATA and WITH NO DATA say nothing in a model.',
      'Leave the clause out: a model always has its rows.',
      dataClause,
    );
  }
  const target = { layer, name: name.parts.at(-1) ?? '', span: name.span };
  return { kind: 'model', form, target, select };
}

function refusedHead(create: CreateInLayer): RefusedModel | undefined {
  const { form, name, prefix, layer } = create;
  const table = `${layer}.${name.parts.at(-1)}`;
  const rewrite = `Write CREATE OR REPLACE ${form.toUpperCase()} ${table} AS SELECT …`;
  if (create.isTemporary)
    return refuse(`A temporary ${form} can't be in the layer ${layer}.`, rewrite, name.span);
  if (name.parts.length > 2) {
    return refuse(
      'A table of the lake is named by its layer and its name alone.',
      `Write ${table}.`,
      name.span,
    );
  }
  if (create.ifNotExists) {
    return refuse(
      'IF NOT EXISTS would leave an old table as it is.',
      `${rewrite}, which means the same each time.`,
      name.span,
    );
  }
  if (prefix === 'recursive') {
    return refuse(
      'CREATE RECURSIVE VIEW is not taken in a layer.',
      `${rewrite.replace('SELECT', 'WITH RECURSIVE')}`,
      name.span,
    );
  }
  if (prefix === 'materialized') {
    return refuse(
      'DuckDB has no materialized views.',
      `Write CREATE OR REPLACE TABLE ${table} AS SELECT …`,
      name.span,
    );
  }
  const fault = lakeNameFault(name.parts.at(-1) ?? '');
  if (fault === undefined) return undefined;
  return {
    kind: 'refused model',
    code: 'model.name',
    message: fault,
    hint: 'Choose another name.',
    span: name.span,
  };
}

/** Only AS may follow the name: no columns, and nothing else. */
function refusedTail(cursor: Cursor, create: CreateInLayer): RefusedModel | undefined {
  if (cursor.keyword() === 'as') return undefined;
  const { form, name, layer } = create;
  const words = `CREATE OR REPLACE ${form.toUpperCase()} ${layer}.${name.parts.at(-1)}`;
  if (cursor.isOperator('(')) {
    const columns = cursor.takeParentheses() ?? name.span;
    return refuse(
      'A model takes its columns from its SELECT, not from a list of columns.',
      `Write ${words} AS SELECT … and give names and types there: CAST(x AS DATE) AS day.`,
      columns,
    );
  }
  return notAQuery(create);
}

function notAQuery({ form, name, layer }: CreateInLayer): RefusedModel {
  return refuse(
    `This statement does not say which rows ${layer}.${name.parts.at(-1)} has.`,
    `Write CREATE OR REPLACE ${form.toUpperCase()} ${layer}.${name.parts.at(-1)} AS SELECT …`,
    name.span,
  );
}

function withoutData(cursor: Cursor): Span | undefined {
  const start = cursor.index;
  let found: Span | undefined;
  for (let token = cursor.peek(); token !== undefined; token = cursor.peek()) {
    const here = cursor.rest();
    const clause = cursor.take('with', 'no', 'data') || cursor.take('with', 'data');
    if (clause && cursor.peek() === undefined) found = here;
    if (!clause) cursor.advance();
  }
  cursor.moveTo(start);
  return found;
}

function refuse(message: string, hint: string, span: Span): RefusedModel {
  return { kind: 'refused model', code: 'model.form', message, hint, span };
}
