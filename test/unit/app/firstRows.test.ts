import assert from 'node:assert/strict';
import { firstRowsQuery } from '../../../src/app/firstRows.js';
import { type TemporaryProject, temporaryProject } from '../../support/temporaryProject.js';

describe('first rows', () => {
  let project: TemporaryProject;
  const rows = (path: string) =>
    project.use(async (opened) => {
      const sql = firstRowsQuery({ kind: 'landing file', path }, opened.landingDirectory);
      return opened.query(sql, { limit: 1 });
    });

  before(() => {
    project = temporaryProject();
  });
  after(() => project.remove());

  it('are a file’s values as they are written', async () => {
    project.write("data/landing/it's/a.csv", 'id;amount\n01;2,50\n02;\n');
    const { columns, rows: first, total } = await rows("it's/a.csv");
    assert.deepEqual(columns, [
      { name: 'id', type: 'VARCHAR' },
      { name: 'amount', type: 'VARCHAR' },
    ]);
    assert.deepEqual([first, total], [[['01', '2,50']], 2]);
  });

  it('are those of a lake table', () => {
    assert.equal(firstRowsQuery({ kind: 'table', name: 'Gold.Daily' }, '/x'), 'SELECT * FROM gold.daily');
  });

  it('are nothing outside the lake and landing', () => {
    assert.throws(() => firstRowsQuery({ kind: 'table', name: 'main.x; DROP' }, '/x'), /not the name/);
    assert.throws(
      () => firstRowsQuery({ kind: 'landing file', path: '../secret.csv' }, '/x'),
      /not in data\/landing/,
    );
  });
});
