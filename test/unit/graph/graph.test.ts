import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Graph } from '../../../src/graph/graph.js';
import { runs } from '../../support/notebookArbitraries.js';
import { graphOf, modelReading } from './models.js';

/** Edges of a graph of a few models: who reads whom, itself included. */
const edges = fc
  .integer({ min: 1, max: 9 })
  .chain((count) =>
    fc.array(fc.array(fc.nat(count - 1), { maxLength: 3 }), { minLength: count, maxLength: count }),
  );

function connect(reads: readonly (readonly number[])[]): Graph {
  return graphOf(
    reads.map((read, index) =>
      modelReading(
        `t${index}`,
        read.map((each) => `t${each}`),
      ),
    ),
  );
}

/** Whether one model reads another, through any number of others: the plain transitive closure. */
function reaches(reads: readonly (readonly number[])[], from: number, to: number): boolean {
  const seen = new Set<number>();
  const waiting = [...(reads[from] ?? [])];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at === to) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    waiting.push(...(reads[at] ?? []));
  }
  return false;
}

function inCycles(graph: Graph): readonly string[] {
  return [...graph.nodes]
    .filter(([, { problems }]) => problems.some(({ code }) => code === 'graph.cycle'))
    .map(([key]) => key)
    .sort();
}

describe('buildGraph', () => {
  it('orders every acyclic graph upstream first', () => {
    fc.assert(
      fc.property(edges, fc.func(fc.nat()), (reads, shuffle) => {
        const acyclic = reads.map((read, index) => read.filter((each) => each < index));
        const models = acyclic.map((read, index) =>
          modelReading(
            `t${index}`,
            read.map((each) => `t${each}`),
          ),
        );
        const order = [...graphOf(models.sort((a, b) => shuffle(a.key) - shuffle(b.key))).nodes.keys()];
        assert.equal(order.length, reads.length);
        for (const [index, read] of acyclic.entries()) {
          for (const each of read)
            assert(order.indexOf(`silver.t${each}`) < order.indexOf(`silver.t${index}`));
        }
      }),
      runs(300, 10_000),
    );
  });

  it('finds exactly the members of cycles', () => {
    fc.assert(
      fc.property(edges, (reads) => {
        const expected = [...reads.keys()].filter((index) => reaches(reads, index, index));
        assert.deepEqual(inCycles(connect(reads)), expected.map((index) => `silver.t${index}`).sort());
      }),
      runs(300, 10_000),
    );
  });

  it('keeps all models, also those of cycles', () => {
    fc.assert(
      fc.property(edges, (reads) => assert.equal(connect(reads).nodes.size, reads.length)),
      runs(100, 2000),
    );
  });

  it('keeps the order of the notebooks where nothing decides', () => {
    const graph = graphOf(['c', 'a', 'b'].map((name) => modelReading(name, [])));
    assert.deepEqual([...graph.nodes.keys()], ['silver.c', 'silver.a', 'silver.b']);
  });

  it('names each upstream once, and none that no model builds', () => {
    const graph = graphOf([modelReading('a', ['b', 'B', 'gone']), modelReading('b', [])]);
    assert.deepEqual(graph.nodes.get('silver.a')?.upstream, ['silver.b']);
  });

  it('orders a chain of thousands of models', () => {
    const reads = Array.from({ length: 3000 }, (_, index) => (index < 2999 ? [index + 1] : []));
    const [first] = connect(reads).nodes.keys();
    assert.equal(first, 'silver.t2999');
  });
});
