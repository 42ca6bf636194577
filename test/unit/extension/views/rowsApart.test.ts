import assert from 'node:assert/strict';
import { apartContent } from '../../../../src/extension/preview/previewContent.js';
import { originColumn, originOf } from '../../../../src/extension/preview/rowOrigin.js';
import { dataNodes } from '../../../../src/extension/views/dataNodes.js';
import type { DataTable } from '../../../../src/extension/views/projectData.js';
import { readProject } from '../../../../src/extension/views/readProject.js';
import { describeRowsApart, rowsApartRequest } from '../../../../src/extension/views/rowsApart.js';
import type { Json } from '../../../../src/protocol/json.js';
import { silentLogger } from '../../../../src/protocol/logger.js';
import { isMessageFromQuality } from '../../../../src/protocol/qualityPage.js';
import type { TableBlock } from '../../../../src/protocol/result.js';
import { projectForEach, runOnce } from '../../app/runs.js';

const columns = [{ name: 'id', type: 'BIGINT' }];

describe('rows that the data tree tells of', () => {
  const project = projectForEach((temporary) => {
    temporary.write('data/landing/t/a.csv', 'id\n1\nx\n0\n');
    temporary.notebook(
      'a',
      "CREATE TABLE bronze.t AS SELECT * FROM landing('t/*.csv');",
      '-- @check: id > 0 | drop\nCREATE TABLE silver.t AS SELECT * FROM bronze.t;',
    );
  });
  const runAllowing = (maxRejects: number) => {
    const contract = { format: 1, files: 't/*.csv', maxRejects, columns };
    project().write('contracts/t.json', JSON.stringify(contract));
    return runOnce(project());
  };
  const apart = async (name: string) => {
    const { tables } = await readProject(project().root, silentLogger);
    return tables.find((table) => table.name === name)?.apart;
  };

  it('are those of the current versions', async () => {
    await runAllowing(1);
    assert.deepEqual(await apart('bronze.t'), [{ kind: 'rejected', rows: 1 }]);
    assert.deepEqual(await apart('silver.t'), [{ kind: 'quarantined', rows: 1 }]);
  });

  it('are those that a build failed by, until it is built', async () => {
    await runAllowing(0);
    assert.deepEqual(await apart('bronze.t'), [{ kind: 'rejected', rows: 1, run: 1 }]);
    await runAllowing(1);
    assert.deepEqual(await apart('bronze.t'), [{ kind: 'rejected', rows: 1 }]);
  });

  it('are none where all rows went in', async () => {
    project().write('data/landing/t/a.csv', 'id\n1\n');
    await runAllowing(0);
    assert.deepEqual([await apart('bronze.t'), await apart('silver.t')], [undefined, undefined]);
  });
});

describe('nodes of rows set apart', () => {
  const table: DataTable = {
    name: 'silver.t',
    layer: 'silver',
    table: 't',
    form: 'table',
    state: 'fresh',
    reason: '',
    hasEarlier: false,
    columns: [{ name: 'rejected', type: 'BIGINT' }],
    notebook: 'a',
    apart: [
      { kind: 'rejected', rows: 1204, run: 7 },
      { kind: 'rejected', rows: 12 },
      { kind: 'quarantined', rows: 37 },
    ],
  };

  it('stand above the columns, each by a name of its own', () => {
    const [, , silver] = dataNodes({ root: '/p', landing: [], tables: [table] }, true);
    const ids = silver?.children[0]?.children.map(({ id }) => id);
    assert.deepEqual(ids, [
      'silver.t//rejected in a run',
      'silver.t//rejected',
      'silver.t//quarantined',
      'silver.t/rejected',
    ]);
  });

  it('say how many they are', () => {
    assert.deepEqual(table.apart?.map(describeRowsApart), [
      '1,204 rejected',
      '12 rejected',
      '37 in quarantine',
    ]);
  });

  it('ask for their own rows', () => {
    assert.deepEqual(
      table.apart?.map((each) => rowsApartRequest('silver.t', each)),
      [
        { kind: 'rejected rows', name: 'silver.t', run: 7 },
        { kind: 'rejected rows', name: 'silver.t' },
        { kind: 'dropped rows', name: 'silver.t' },
      ],
    );
  });
});

describe('the origin of a shown row', () => {
  const block = (names: readonly string[], ...rows: readonly (readonly Json[])[]): TableBlock => ({
    kind: 'table',
    columns: names.map((name) => ({ name, type: 'VARCHAR' })),
    rows,
    total: rows.length,
    elapsedMs: 0,
  });
  const rejects = ['run', '_file', '_row', 'line', 'byte_offset', 'reason'];

  for (const [names, row, column, origin] of [
    [rejects, [1, 'a.csv', 2, 5, 9, 'x'], 3, { path: 'a.csv', line: 5 }],
    [['id', '_FILE', '_Row'], [1, 'a.csv', '7'], 2, { path: 'a.csv', row: 7 }],
    [['line', '_file', '_row'], [99, 'a.csv', 7], 2, { path: 'a.csv', row: 7 }],
    [['id', '_file', '_row'], [1, null, 7], 2, undefined],
    [['id', '_file', '_row'], [1, 'a.csv', -1], 2, undefined],
    [['id', '_file'], [1, 'a.csv'], undefined, undefined],
    [['id', '_row'], [1, 7], undefined, undefined],
  ] as const) {
    it(`of ${names} is ${JSON.stringify(origin)}`, () => {
      const table = block(names, row);
      assert.deepEqual([originColumn(table), originOf(table, 0)], [column, origin]);
    });
  }

  it('is none for a row that is not shown', () => assert.equal(originOf(block(rejects), 3), undefined));

  it('is offered where rows have one', () => {
    const content = apartContent('bronze.t', { kind: 'rejected', rows: 1, run: 7 }, block(rejects));
    assert.deepEqual(
      [content.title, content.originColumn, content.facts.length],
      ['Rejected: bronze.t in run 7', 3, 2],
    );
    assert.equal(
      apartContent('silver.t', { kind: 'quarantined', rows: 1 }, block(['id'])).originColumn,
      undefined,
    );
  });
});

describe('the page of data quality', () => {
  it('may say nothing but its own messages', () => {
    for (const message of [
      { kind: 'ready' },
      { kind: 'run pipeline' },
      { kind: 'go to cell', table: 'a' },
      { kind: 'show rows', table: 'a', rows: 'rejected', run: 3 },
    ])
      assert(isMessageFromQuality(message), JSON.stringify(message));
    for (const other of [
      null,
      'ready',
      {},
      { kind: 'go to cell' },
      { kind: 'show rows', table: 'a', rows: 'all' },
      { kind: 'show rows', table: 'a', rows: 'rejected', run: '3); DROP' },
      { kind: 'command', table: 'ratatouille.newProject' },
    ])
      assert(!isMessageFromQuality(other), JSON.stringify(other));
  });
});
