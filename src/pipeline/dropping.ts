import type { DropRules } from '../engine/engine.js';
import type { GraphNode } from '../graph/node.js';
import type { Manifest } from '../lake/manifest.js';
import type { ResultColumn } from '../protocol/result.js';
import { dropRules } from './checks.js';
import { withOrigin } from './origin.js';
import { onlyTable, shapeOf } from './reconcile.js';

/**
 * Which rows of a model go to the quarantine, and with what; undefined when no check drops.
 * @param columns of the model; throws what is wrong with its SELECT.
 */
export async function droppingOf(
  node: GraphNode,
  manifest: Manifest,
  columns: () => Promise<readonly ResultColumn[]>,
): Promise<DropRules | undefined> {
  const rules = dropRules(node.model.checks);
  if (rules === undefined) return undefined;
  const volatile = isVolatile(node);
  const source = runsAgain(node, manifest);
  if (source === undefined) return { rules, volatile };
  return { rules, volatile, again: withOrigin(node.model, await columns(), source) };
}

function isVolatile({ model, session }: GraphNode): boolean {
  const byItself = model.checks.some(({ action, volatile }) => action === 'drop' && volatile !== undefined);
  return byItself || session.some(({ references }) => references.volatile.length > 0);
}

/**
 * Columns of the one stored table whose rows a model gives one by one: it can be asked twice, for the same rows,
 * and the engine reads only what it needs. Undefined for every other model.
 */
function runsAgain(node: GraphNode, manifest: Manifest): readonly ResultColumn[] | undefined {
  const { references } = node.model;
  const shape = shapeOf(node);
  const alone = references.tables.length === 1 && references.tableFunctions.length === 0;
  const rowByRow = shape.countable && !shape.deduplicates && references.windows.length === 0;
  if (!alone || !rowByRow || node.inputs.volatile.length > 0) return undefined;
  return onlyTable(shape, manifest)?.version.columns;
}
