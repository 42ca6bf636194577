import type { Graph } from '../graph/graph.js';
import type { Model } from '../graph/model.js';
import type { Manifest } from '../lake/manifest.js';
import { modelHash } from './fingerprint.js';
import type { Renaming } from './renaming.js';

/**
 * How a model that was never built may have got its name: from the orphan of its layer that the same SELECT
 * made. Undefined when there is none.
 */
export function likelyRenaming(manifest: Manifest, graph: Graph, model: Model): Renaming | undefined {
  if (manifest.tables[model.key] !== undefined) return undefined;
  const sql = modelHash(model);
  const alike = Object.entries(manifest.tables).find(
    ([key, { version }]) =>
      !graph.nodes.has(key) && key.startsWith(`${model.layer}.`) && version.fingerprint.sql === sql,
  );
  return alike === undefined ? undefined : { from: alike[1].name, to: model.name };
}

/** Names of published tables that no model builds any more. */
export function orphansOf(manifest: Manifest, graph: Graph): readonly string[] {
  return Object.entries(manifest.tables)
    .filter(([key]) => !graph.nodes.has(key))
    .map(([, { name }]) => name);
}
