import assert from 'node:assert/strict';
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import {
  isLandingFile,
  publishedLayers,
  readProject,
  readRun,
  readRuns,
} from '../../../../src/extension/views/readProject.js';
import { silentLogger } from '../../../../src/protocol/logger.js';
import { type TemporaryProject, temporaryProject } from '../../../support/temporaryProject.js';

describe('a project as its trees read it', () => {
  let project: TemporaryProject;
  const states = async () => {
    const { tables } = await readProject(project.root, silentLogger);
    return tables.map(({ name, state, rows }) => `${name} ${state} ${rows ?? ''}`.trim());
  };

  before(async () => {
    project = temporaryProject();
    project.write('data/landing/sales/a.csv', 'day,amount\n2026-01-01,5\n');
    project.write('data/landing/.hidden', '');
    project.notebook(
      'sales',
      "-- the tills\nCREATE OR REPLACE TABLE bronze.sales AS\nSELECT *\nFROM landing('sales/*.csv');",
      'CREATE TABLE Silver.Sales AS SELECT day FROM bronze.sales;',
    );
  });
  after(() => project.remove());

  it('has models and files before anything ran', async () => {
    assert.deepEqual(await states(), ['bronze.sales never built', 'silver.Sales never built']);
    const { landing } = await readProject(project.root, silentLogger);
    assert.deepEqual(landing, [{ path: 'sales/a.csv', bytes: 24 }]);
    assert.equal((await publishedLayers(project.root)).size, 0);
    assert.deepEqual(await readRuns(project.root, 20), []);
  });

  it('agrees with the engine after a run', async () => {
    await project.use((opened) => opened.run({ select: [], fullRefresh: false, wait: true }));
    assert.deepEqual(await states(), ['bronze.sales fresh 1', 'silver.Sales fresh 1']);
    assert.deepEqual([...(await publishedLayers(project.root))].sort(), ['bronze', 'silver']);
    assert.equal((await readRun(project.root, 1))?.models.length, 2);
  });

  it('has what outsiders read of a table', async () => {
    const { tables } = await readProject(project.root, silentLogger);
    assert.equal(tables[0]?.path, 'data/bronze/sales.parquet');
    assert.deepEqual(
      tables[0]?.columns.map(({ name }) => name),
      ['day', 'amount', '_file', '_row'],
    );
  });

  it('notices a file that landed since', async () => {
    project.write('data/landing/sales/b.csv', 'day,amount\n');
    assert.deepEqual(await states(), ['bronze.sales stale 1', 'silver.Sales stale 1']);
  });

  it('knows what lies in landing', () => {
    assert(isLandingFile(project.root, `${project.root}/data/landing/sales/a.csv`));
    assert(!isLandingFile(project.root, `${project.root}/data/landing2/a.csv`));
  });

  it('has the other notebooks’ tables when one can’t be opened', async () => {
    symlinkSync(join(project.root, 'nowhere'), join(project.root, 'notebooks/gone.ratnb'), 'junction');
    const warnings: string[] = [];
    const warn = (message: string) => warnings.push(message);
    const { tables } = await readProject(project.root, { ...silentLogger, warn });
    assert.equal(tables.length, 2);
    assert.match(warnings.join(), /^notebooks\/gone\.ratnb can't be read: /);
    rmSync(join(project.root, 'notebooks/gone.ratnb'), { force: true });
  });

  it('does not call a table left over while a notebook is torn', async () => {
    project.write('notebooks/sales.ratnb', '-- ---\n-- ratatouille: 1\n');
    assert.deepEqual(await states(), ['bronze.sales unknown 1', 'silver.Sales unknown 1']);
  });

  it('says what is wrong with its settings', async () => {
    project.write('ratatouille.json', '{ "nam": 1 }');
    await assert.rejects(readProject(project.root, silentLogger), /unknown setting "nam"/);
  });
});
