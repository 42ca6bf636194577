import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryProject } from '../../support/temporaryProject.js';

describe('a run whose lease was taken over', () => {
  const project = temporaryProject();
  after(() => project.remove());

  it('publishes nothing more and says why', async () => {
    project.notebook('a', 'CREATE TABLE silver.a AS SELECT 1 AS x;', 'CREATE TABLE gold.b AS FROM silver.a;');
    const lease = join(project.root, '.ratatouille/lease/prod.json');
    const record = await project.use((opened) =>
      opened.run({
        select: [],
        fullRefresh: false,
        wait: true,
        onEvent: (event) => {
          if (event.kind === 'model started') rmSync(lease, { force: true });
        },
      }),
    );
    assert.equal(record.status, 'failed');
    assert.deepEqual(
      record.problems.map(({ code }) => code),
      ['lake.conflict'],
    );
    const { tables } = await project.use((opened) => opened.status());
    assert.deepEqual(
      tables.map(({ state }) => state),
      ['never built', 'never built'],
    );
  });
});
