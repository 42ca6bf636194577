import { type Layer, layers } from '../protocol/layer.js';
import { ProblemError, problem } from '../protocol/problem.js';

/** A lake table's name in the form that compares without case: all lower case. */
export interface TableName {
  readonly layer: Layer;
  readonly table: string;
}

const lakeName = /^[a-z_][a-z0-9_]{0,62}$/;

/**
 * Takes `silver.Sales` apart. Nothing else ever becomes part of a path.
 * Throws a ProblemError `model.name`.
 */
export function parseTableName(name: string): TableName {
  const [layer, table, ...rest] = name.toLowerCase().split('.');
  const known = layers.find((candidate) => candidate === layer);
  if (known === undefined || table === undefined || rest.length > 0 || !lakeName.test(table)) {
    throw new ProblemError(
      problem('model.name', `“${name}” is not the name of a lake table.`, {
        hint: 'Use bronze, silver or gold, a dot, and letters, digits and underscores.',
      }),
    );
  }
  return { layer: known, table };
}

/** The key of a table in a manifest: `layer.table` in lower case. */
export function tableKey(name: TableName): string {
  return `${name.layer}.${name.table}`;
}
