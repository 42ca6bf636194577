import { type Problem, problem } from '../protocol/problem.js';
import { placeAt } from './model.js';
import type { GraphNode } from './node.js';

/**
 * For every model on a cycle, the problem that names the cycle and where each of its models stands.
 * Strongly connected components by Tarjan's algorithm (SIAM J. Comput. 1(2), 1972).
 */
export function findCycles(nodes: ReadonlyMap<string, GraphNode>): ReadonlyMap<string, Problem> {
  const problems = new Map<string, Problem>();
  for (const component of stronglyConnected(nodes)) {
    const [first] = component;
    if (first === undefined) continue;
    const selfReading = nodes.get(first)?.upstream.includes(first) ?? false;
    if (component.length === 1 && !selfReading) continue;
    for (const key of component) {
      const node = nodes.get(key);
      if (node !== undefined) problems.set(key, cycleProblem(node, component, nodes));
    }
  }
  return problems;
}

function cycleProblem(
  node: GraphNode,
  component: readonly string[],
  nodes: ReadonlyMap<string, GraphNode>,
): Problem {
  const { model, inputs } = node;
  const read = inputs.tables.find((table) => component.includes(table.key));
  const members = component
    .flatMap((key) => nodes.get(key) ?? [])
    .map(({ model: each }) => `${each.name} (${each.position.notebook}, cell ${each.position.cell})`);
  const message =
    component.length === 1
      ? `${model.name} reads itself.`
      : `${model.name} is part of a cycle: ${members.join(' → ')}.`;
  return problem('graph.cycle', message, {
    hint: 'A table is made from what is there before it. Split one of them so that the common part comes first.',
    place: read === undefined ? placeAt(model.position, model.nameSpan) : placeAt(read.position, read.span),
  });
}

function stronglyConnected(nodes: ReadonlyMap<string, GraphNode>): readonly (readonly string[])[] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const components: string[][] = [];

  const close = (key: string): void => {
    const component: string[] = [];
    for (;;) {
      const member = stack.pop();
      if (member === undefined) break;
      onStack.delete(member);
      component.push(member);
      if (member === key) break;
    }
    components.push(component.reverse());
  };
  const visit = (key: string): number => {
    const own = index.size;
    index.set(key, own);
    low.set(key, own);
    stack.push(key);
    onStack.add(key);
    for (const next of nodes.get(key)?.upstream ?? []) {
      const seen = index.get(next);
      if (seen === undefined) low.set(key, Math.min(low.get(key) ?? own, visit(next)));
      else if (onStack.has(next)) low.set(key, Math.min(low.get(key) ?? own, seen));
    }
    const lowest = low.get(key) ?? own;
    if (lowest === own) close(key);
    return lowest;
  };
  for (const key of nodes.keys()) if (!index.has(key)) visit(key);
  return components;
}
