import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKernelService } from '../../../src/app/kernelService.js';
import { silentLogger } from '../../../src/protocol/logger.js';
import { problemFrom, projectForEach, runOnce } from './runs.js';

const contract = (maxRejects: number) =>
  JSON.stringify({
    format: 1,
    files: 't/*.csv',
    maxRejects,
    columns: [
      { name: 'id', type: 'BIGINT' },
      { name: 'note', type: 'VARCHAR' },
    ],
  });

describe('rows that are kept beside a table', () => {
  const project = projectForEach((temporary) => {
    temporary.write('contracts/t.json', contract(1));
    temporary.write('data/landing/t/a.csv', 'id,note\n1,"two\nlines"\n\n2,"say ""hi"", ann"\nx,bad\n3,\n');
    temporary.notebook(
      'a',
      "CREATE TABLE bronze.t AS SELECT * FROM landing('t/*.csv');",
      '-- @check: id <> 2 | drop\nCREATE TABLE silver.t AS SELECT * FROM bronze.t;',
    );
  });
  const before = process.cwd();
  afterEach(() => process.chdir(before));

  it('are shown: rejected ones, dropped ones, those of a failed run', async () => {
    await runOnce(project());
    const shown = await working(async (work, context) => [
      await work['first rows']({ kind: 'rejected rows', name: 'bronze.t' }, context),
      await work['first rows']({ kind: 'dropped rows', name: 'silver.t' }, context),
    ]);
    assert.deepEqual(
      shown.map(({ total }) => total),
      [1, 1],
    );
    project().write('contracts/t.json', contract(0));
    await runOnce(project());
    const failed = await working((work, context) =>
      work['first rows']({ kind: 'rejected rows', name: 'bronze.t', run: 2 }, context),
    );
    assert.equal(failed.total, 1);
  });

  it('are written as CSV, all of them', async () => {
    await runOnce(project());
    const file = join(project().root, 'dropped.csv');
    const request = { rows: { kind: 'dropped rows', name: 'silver.t' } as const, file };
    const { rows } = await working((work, context) => work['export rows'](request, context));
    const text = 'id,note,_file,_row,_failed,_run\n2,"say ""hi"", ann",t/a.csv,2,[id <> 2],1\n';
    assert.deepEqual([rows, readFileSync(file, 'utf8')], [1, text]);
  });

  it('are more than a look shows', async () => {
    project().notebook(
      'b',
      '-- @check: n < 0 | drop\nCREATE TABLE silver.many AS SELECT range AS n FROM range(5000);',
    );
    await runOnce(project());
    const file = join(project().root, 'dropped.csv');
    const request = { rows: { kind: 'dropped rows', name: 'silver.many' } as const, file };
    const { rows } = await working((work, context) => work['export rows'](request, context));
    assert.deepEqual([rows, readFileSync(file, 'utf8').split('\n').length], [5000, 5002]);
  });

  it('are not written among the project’s data', async () => {
    await runOnce(project());
    for (const folder of ['data/landing', 'data/gold', '.ratatouille']) {
      const file = join(project().root, folder, 'x.csv');
      const request = { rows: { kind: 'table', name: 'silver.t' } as const, file };
      const refused = await problemFrom(working((work, context) => work['export rows'](request, context)));
      assert.deepEqual([refused.code, existsSync(file)], ['lake.write-refused', false]);
    }
  });

  for (const [row, line] of [
    [1, 2],
    [2, 5],
    [4, 7],
    [5, undefined],
  ] as const) {
    it(`begin, as record ${row}, on line ${line}`, async () => {
      const found = await working((work) => work['locate row']({ path: 't/a.csv', row }));
      assert.equal(found.line, line);
    });
  }

  it('come from landing alone', async () => {
    const path = '../../ratatouille.json';
    const refused = await problemFrom(working((work) => work['locate row']({ path, row: 1 })));
    assert.equal(refused.code, 'landing.path');
  });

  async function working<T>(
    use: (
      work: ReturnType<typeof createKernelService>['work'],
      context: { readonly signal: AbortSignal; readonly emit: () => void },
    ) => Promise<T>,
  ): Promise<T> {
    const service = createKernelService({ logger: silentLogger });
    await service.open({ project: project().root });
    try {
      return await use(service.work, { signal: new AbortController().signal, emit: () => {} });
    } finally {
      await service.close();
    }
  }
});
