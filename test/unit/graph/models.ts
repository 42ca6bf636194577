import { buildGraph, type Graph } from '../../../src/graph/graph.js';
import type { Model } from '../../../src/graph/model.js';
import { noReferences as nothing } from '../../../src/pipeline/references.js';

/** A model of a notebook of its own that reads other tables of its layer, by name. */
export function modelReading(name: string, reads: readonly string[], more: Partial<Model> = {}): Model {
  const span = { start: 0, end: 0 };
  return {
    key: `silver.${name}`,
    name: `silver.${name}`,
    layer: 'silver',
    form: 'table',
    position: { notebook: `notebooks/${name}.ratnb`, cell: 1, ordinal: 0, cellText: '' },
    nameSpan: span,
    select: '',
    normalised: '',
    selectStart: 0,
    references: { ...nothing, tables: reads.map((read) => ({ schema: 'silver', name: read, span })) },
    checks: [],
    checkReferences: nothing,
    tags: [],
    columns: [],
    problems: [],
    ...more,
  };
}

/** The graph of models that know of no session. */
export function graphOf(models: readonly Model[]): Graph {
  return buildGraph(models, {
    sessions: { shared: [], byNotebook: new Map() },
    published: new Set(),
    publishedViews: new Set(),
  });
}
