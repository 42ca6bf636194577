import assert from 'node:assert/strict';
import { temporaryProject } from '../../support/temporaryProject.js';

describe('a table whose model has a new name', () => {
  const project = temporaryProject();
  after(() => project.remove());

  it('is proposed as the same table in the plan', async () => {
    project.notebook('a', 'CREATE TABLE silver.before AS SELECT 42 AS answer;');
    await project.use((opened) => opened.run({ select: [], fullRefresh: false, wait: true }));
    project.notebook('a', 'CREATE TABLE silver.after AS SELECT 42 AS answer; -- renamed');
    const plan = await project.use((opened) => opened.plan({ select: [], fullRefresh: false }));
    assert.deepEqual(plan.orphans, ['silver.before']);
    assert.match(plan.entries[0]?.reason ?? '', /silver\.before, .* has the same SELECT/);
  });
});
