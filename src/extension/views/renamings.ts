import type { Manifest } from '../../lake/manifest.js';
import type { DefinedModel } from '../../language/catalog.js';
import { isBuiltBy, type Renaming } from '../../language/cellStatus.js';

/**
 * The tables that were never built and are, by their SELECT, one that lost its model: under the keys of both names.
 * It is what a plan proposes as well. Pure.
 */
export function findRenamings(
  { tables }: Manifest,
  models: ReadonlyMap<string, DefinedModel>,
): ReadonlyMap<string, Renaming> {
  const leftOver = Object.entries(tables).filter(([key]) => !models.has(key));
  const found = new Map<string, Renaming>();
  for (const [key, model] of models) {
    if (tables[key] !== undefined) continue;
    const [oldKey, old] =
      leftOver.find(([other, entry]) => other.startsWith(`${model.layer}.`) && isBuiltBy(model, entry)) ?? [];
    if (oldKey === undefined || old === undefined) continue;
    const renaming = { from: old.name, to: model.name };
    found.set(key, renaming);
    if (!found.has(oldKey)) found.set(oldKey, renaming);
  }
  return found;
}
