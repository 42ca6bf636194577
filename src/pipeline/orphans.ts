import type { Graph } from '../graph/graph.js';
import type { Manifest } from '../lake/manifest.js';

/** Names of published tables that no model builds any more. */
export function orphansOf(manifest: Manifest, graph: Graph): readonly string[] {
  return Object.entries(manifest.tables)
    .filter(([key]) => !graph.nodes.has(key))
    .map(([, { name }]) => name);
}
