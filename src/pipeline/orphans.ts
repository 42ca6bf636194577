import type { Graph } from '../graph/graph.js';
import type { Manifest } from '../lake/manifest.js';

/** The orphan whose SELECT has the given fingerprint; undefined when there is none. */
export function orphanAlike(manifest: Manifest, graph: Graph, sql: string): string | undefined {
  const alike = Object.entries(manifest.tables).find(
    ([key, { version }]) => !graph.nodes.has(key) && version.fingerprint.sql === sql,
  );
  return alike?.[1].name;
}

/** Names of published tables that no model builds any more. */
export function orphansOf(manifest: Manifest, graph: Graph): readonly string[] {
  return Object.entries(manifest.tables)
    .filter(([key]) => !graph.nodes.has(key))
    .map(([, { name }]) => name);
}
