import assert from 'node:assert/strict';
import { type DataNode, dataNodes } from '../../../../src/extension/views/dataNodes.js';
import { formatBytes } from '../../../../src/extension/views/formatBytes.js';
import type { DataTable, ProjectData } from '../../../../src/extension/views/projectData.js';

const table: DataTable = {
  name: 'gold.daily',
  layer: 'gold',
  table: 'daily',
  form: 'table',
  state: 'fresh',
  reason: 'up to date since run 1',
  hasEarlier: false,
  columns: [{ name: 'day', type: 'DATE' }],
  notebook: 'notebooks/a.ratnb',
};

function outline(nodes: readonly DataNode[]): readonly string[] {
  return nodes.flatMap((node) => [node.id, ...outline(node.children).map((line) => `  ${line}`)]);
}

function treeOf(data: Partial<ProjectData>, trusted = true): readonly string[] {
  return outline(dataNodes({ root: '/p', landing: [], tables: [], ...data }, trusted));
}

describe('the data tree', () => {
  it('says in each empty layer what to do', () => {
    assert.deepEqual(
      treeOf({}).filter((line) => !line.startsWith(' ')),
      ['landing', 'bronze', 'silver', 'gold'],
    );
    const empty = dataNodes({ root: '/p', landing: [], tables: [] }, true).flatMap(
      ({ children }) => children,
    );
    const texts = empty.map((node) => (node.kind === 'empty' ? `${node.text}. ${node.tooltip}` : node.kind));
    assert.equal(texts.length, 4);
    assert.equal(texts[1], 'No tables yet: open the guide. Made by cells on landing');
  });

  it('has folders before files', () => {
    const landing = ['a.csv', 'sales/2026/x.csv', 'sales/y.csv'].map((path) => ({ path, bytes: 1 }));
    assert.deepEqual(treeOf({ landing }).slice(0, 6), [
      'landing',
      '  landing/sales',
      '    landing/sales/2026',
      '      landing/sales/2026/x.csv',
      '    landing/sales/y.csv',
      '  landing/a.csv',
    ]);
  });

  it('has tables with their columns', () => {
    assert.deepEqual(treeOf({ tables: [table] }).slice(-3), ['gold', '  gold.daily', '    gold.daily/day']);
  });

  it('begins with the question of trust', () => {
    assert.equal(treeOf({}, false)[0], 'untrusted');
  });
});

describe('a file’s size', () => {
  for (const [bytes, text] of [
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [123_456, '123 kB'],
    [5_400_000_000, '5.4 GB'],
  ] as const) {
    it(`is ${text}`, () => assert.equal(formatBytes(bytes), text));
  }
});
