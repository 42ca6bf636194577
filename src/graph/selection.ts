import { ProblemError, problem } from '../protocol/problem.js';
import { suggest } from '../protocol/suggest.js';
import type { Graph } from './graph.js';
import type { GraphNode } from './node.js';

/**
 * The models that selectors name, as keys. `silver.sales` one model, `+gold.daily` with all upstream,
 * `silver.sales+` with all downstream, `silver.*` a layer, `tag:x`, `notebook:path`. No selector selects all.
 * Throws a ProblemError `selection.unknown` for a selector that names nothing.
 */
export function selectModels(graph: Graph, selectors: readonly string[]): ReadonlySet<string> {
  if (selectors.length === 0) return new Set(graph.nodes.keys());
  return new Set(selectors.flatMap((selector) => [...selectOne(graph, selector)]));
}

function selectOne(graph: Graph, selector: string): ReadonlySet<string> {
  const withUpstream = selector.startsWith('+');
  const withDownstream = selector.endsWith('+');
  const core = selector.slice(withUpstream ? 1 : 0, withDownstream ? -1 : undefined);
  const named = [...graph.nodes].filter(([key, node]) => matches(core, key, node)).map(([key]) => key);
  if (named.length === 0) throw unknownSelector(graph, selector, core);
  const selected = new Set(named);
  if (withUpstream) spread(selected, named, (key) => graph.nodes.get(key)?.upstream ?? []);
  if (withDownstream) {
    const downstream = downstreamOf(graph);
    spread(selected, named, (key) => downstream.get(key) ?? []);
  }
  return selected;
}

function matches(core: string, key: string, { model }: GraphNode): boolean {
  if (core.startsWith('tag:')) return model.tags.includes(core.slice(4));
  if (core.startsWith('notebook:')) return isNotebook(model.position.notebook, core.slice(9));
  if (core.endsWith('.*')) return key.startsWith(core.slice(0, -1).toLowerCase());
  return key === core.toLowerCase();
}

function isNotebook(path: string, wanted: string): boolean {
  const plain = wanted.replaceAll('\\', '/').replace(/\.ratnb$/, '');
  const own = path.replace(/\.ratnb$/, '');
  return own === plain || own.endsWith(`/${plain}`);
}

function spread(into: Set<string>, from: readonly string[], next: (key: string) => readonly string[]): void {
  const waiting = [...from];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    for (const each of next(key)) {
      if (into.has(each)) continue;
      into.add(each);
      waiting.push(each);
    }
  }
}

/** For each model the models that read it. */
export function downstreamOf(graph: Graph): ReadonlyMap<string, readonly string[]> {
  const downstream = new Map<string, string[]>();
  for (const [key, { upstream }] of graph.nodes) {
    for (const read of upstream) downstream.set(read, [...(downstream.get(read) ?? []), key]);
  }
  return downstream;
}

function unknownSelector(graph: Graph, selector: string, core: string): ProblemError {
  const names = [...graph.nodes.keys()];
  const tags = [...graph.nodes.values()].flatMap(({ model }) => model.tags.map((tag) => `tag:${tag}`));
  const close = suggest(core, [...names, ...tags]);
  return new ProblemError(
    problem('selection.unknown', `"${selector}" selects no model.`, {
      hint:
        close === undefined
          ? 'Name a model as silver.sales, a tag as tag:daily, or a notebook as notebook:01_sales.'
          : `Did you mean ${selector.replace(core, close)}?`,
    }),
  );
}
