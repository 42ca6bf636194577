import { buildGraph, type Graph } from '../graph/graph.js';
import type { Manifest } from '../lake/manifest.js';
import type { PipelineSource } from './source.js';

/** Connects what the notebooks say, in front of what is published. */
export function graphOf({ models, sessions }: PipelineSource, { tables }: Manifest): Graph {
  const views = Object.entries(tables).filter(([, { form }]) => form === 'view');
  return buildGraph(models, {
    sessions,
    published: new Set(Object.keys(tables)),
    publishedViews: new Set(views.map(([key]) => key)),
  });
}
