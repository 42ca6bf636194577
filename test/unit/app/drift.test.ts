import assert from 'node:assert/strict';
import { problems, projectForEach, rows, runOnce, statuses } from './runs.js';

const contract = {
  format: 1,
  files: 't/*.csv',
  columns: [
    { name: 'id', type: 'BIGINT' },
    { name: 'price', type: 'BIGINT' },
  ],
};

describe('a run whose landing files have drifted', () => {
  const project = projectForEach((temporary) => {
    temporary.write('contracts/t.json', JSON.stringify(contract));
    temporary.write('data/landing/t/a.csv', 'id,price\n1,2\n');
    temporary.notebook('n', "CREATE TABLE bronze.t AS SELECT * FROM landing('t/*.csv')");
  });
  const accept = async () => {
    const { differences } = await project().use((opened) => opened.drift('t/*.csv'));
    const changes = differences.flatMap(({ choices }) => choices[0]?.changes ?? []);
    await project().use((opened) => opened.acceptDrift({ pattern: 't/*.csv', changes }));
  };
  const table = () => project().use((opened) => rows(opened, 'SELECT * FROM bronze.t ORDER BY id'));

  it('keeps the last version, and reads on once the contract was changed', async () => {
    await runOnce(project());
    project().write('data/landing/t/b.csv', 'id,price,code\n2,3,x\n');
    const stopped = await runOnce(project());
    assert.deepEqual(statuses(stopped), { 'bronze.t': 'failed' });
    assert.match(problems(stopped).join(), /^landing\.drift 1 of 2 files differs from contracts\/t\.json/);
    assert.deepEqual(await table(), [[1, 2, 't/a.csv', 1]]);
    await accept();
    assert.deepEqual(statuses(await runOnce(project())), { 'bronze.t': 'built' });
    assert.deepEqual(await table(), [
      [1, 2, null, 't/a.csv', 1],
      [2, 3, 'x', 't/b.csv', 1],
    ]);
  });

  it('is told of a column whose values have another type', async () => {
    project().write('data/landing/t/b.csv', 'id,price\n2,3.5\n3,4.5\n');
    const { models } = await runOnce(project());
    const [{ rejected, problems: told } = assert.fail()] = models;
    const expected =
      '1 of 2 files differs from contracts/t.json: The values of price are DOUBLE, no BIGINT as contracts/t.json says, in data/landing/t/b.csv.';
    assert.deepEqual(
      [rejected, told.map(({ code, message }) => [code, message])],
      [2, [['landing.drift', expected]]],
    );
    await accept();
    assert.deepEqual(statuses(await runOnce(project())), { 'bronze.t': 'built' });
  });

  it('finds the pattern by a file that it reads', async () => {
    const meant = (target: string, directory = project().root) =>
      project().use((opened) => opened.patternMeant(target, directory));
    const folder = `${project().root}/data/landing/t`;
    const found = [await meant('t/*.csv'), await meant('t/a.csv'), await meant('a.csv', folder)];
    assert.deepEqual(new Set(found), new Set(['t/*.csv']));
  });
});
