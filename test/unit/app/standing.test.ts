import assert from 'node:assert/strict';
import { formatRunSummary } from '../../../src/cli/print/runSummary.js';
import { formatStatus } from '../../../src/cli/print/status.js';
import { plainStyle } from '../../../src/cli/style.js';
import { projectForEach, runOnce } from './runs.js';

describe('a warning of published rows', () => {
  const table = 'CREATE TABLE bronze.a AS SELECT unnest([1, 2, 3]) AS n';
  const project = projectForEach((temporary) =>
    temporary.notebook(
      'a',
      `-- @check: n > 1 | warn\n-- @check: n < 3 | warn\n-- @check: n > 0 | warn\n${table}`,
    ),
  );

  it('stands in later runs that skip its model', async () => {
    assert.equal((await runOnce(project())).models[0]?.standing, undefined);
    const record = await runOnce(project());
    assert.deepEqual(record.models[0]?.standing, { warnings: 2, sinceRun: 1 });
    const lines = formatRunSummary(record, plainStyle).split('\n');
    assert.deepEqual(lines.slice(1), ['Still to be seen to: bronze.a: 2 warnings since run 1.']);
  });

  it('is told with the run that judged the rows again', async () => {
    await runOnce(project());
    project().notebook('a', `-- @check: n > 2 | warn\n${table}`);
    assert.equal((await runOnce(project())).models[0]?.status, 'judged');
    assert.deepEqual((await runOnce(project())).models[0]?.standing, { warnings: 1, sinceRun: 2 });
  });

  it('stands in the status', async () => {
    await runOnce(project());
    const report = await project().use((opened) => opened.status());
    assert.match(formatStatus(report, plainStyle), /unchanged since run 1; 2 warnings since run 1/);
  });

  it('is gone when the rows are', async () => {
    await runOnce(project());
    project().notebook('a', table);
    await runOnce(project());
    assert.equal((await runOnce(project())).models[0]?.standing, undefined);
  });
});
