import type { References } from '../sql/parser.js';
import type { Model, SessionStatement } from './model.js';

/** The session statements of a project: those shared by all notebooks, and each notebook's own. */
export interface SessionStatements {
  /** Of `notebooks/_session.ratnb`, in document order. */
  readonly shared: readonly SessionStatement[];
  readonly byNotebook: ReadonlyMap<string, readonly SessionStatement[]>;
}

/**
 * The session statements that a model uses, transitively, in the order in which they run: the shared ones
 * first, then those above the model in its notebook. Settings always count, as they change what follows.
 */
export function sessionOf(model: Model, sessions: SessionStatements): readonly SessionStatement[] {
  const own = sessions.byNotebook.get(model.position.notebook) ?? [];
  const above = own.filter((statement) => statement.position.ordinal < model.position.ordinal);
  const available = [...sessions.shared, ...above];
  const used = new Set([
    ...usedStatements(model.references, available),
    ...usedStatements(model.checkReferences, available),
  ]);
  return available.filter((statement) => used.has(statement));
}

/**
 * Those of `available` that `references` need, transitively; order kept. The engine looks into a macro or a
 * view when it is used, so what they need is sought above their user; what all else needs, above itself.
 */
export function usedStatements(
  references: References,
  available: readonly SessionStatement[],
): readonly SessionStatement[] {
  /** The statements that are used, each with how many it can need itself: a later user shows it more. */
  const used = new Map<SessionStatement, number>();
  const use = (statement: SessionStatement, before: number): void => {
    if ((used.get(statement) ?? -1) >= before) return;
    used.set(statement, before);
    need(statement.references, before);
  };
  const need = (from: References, before: number): void => {
    for (const [index, statement] of available.slice(0, before).entries()) {
      if (uses(from, statement)) use(statement, isReadWhenUsed(statement) ? before : index);
    }
  };
  for (const [index, statement] of available.entries())
    if (statement.kind === 'setting') use(statement, index);
  need(references, available.length);
  return available.filter((statement) => used.has(statement));
}

function isReadWhenUsed({ kind }: SessionStatement): boolean {
  return kind === 'macro' || kind === 'temporary view';
}

function uses(references: References, statement: SessionStatement): boolean {
  switch (statement.kind) {
    case 'macro':
      return (
        references.functions.includes(statement.name) ||
        references.tableFunctions.some((call) => call.name.toLowerCase() === statement.name)
      );
    case 'type':
      return references.types.includes(statement.name);
    case 'variable':
      return references.variables.some((name) => name.toLowerCase() === statement.name);
    case 'temporary table':
    case 'temporary view':
      return references.tables.some(
        (table) => isSessionSchema(table.schema) && table.name.toLowerCase() === statement.name,
      );
    case 'setting':
      return true;
  }
}

function isSessionSchema(schema: string | undefined): boolean {
  return schema === undefined || ['temp', 'main', 'pg_temp'].includes(schema.toLowerCase());
}
