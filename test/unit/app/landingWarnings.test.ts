import assert from 'node:assert/strict';
import { endings, problems, projectForEach, runOnce } from './runs.js';

const readAll = "CREATE TABLE bronze.t AS SELECT * FROM landing('t/*.csv')";

describe('a run whose landing files are not what they seem', () => {
  const project = projectForEach((made) => {
    made.notebook('a', readAll);
    made.write('data/landing/t/a.csv', 'id,n\n1,x\n2,y\n');
  });

  it('names a file that the pattern misses by its case alone', async () => {
    await runOnce(project());
    project().write('data/landing/t/B.CSV', 'id,n\n3,z\n');
    const record = await runOnce(project());
    assert.deepEqual(problems(record), [
      "landing.case data/landing/t/B.CSV is not read: landing('t/*.csv') has it only in another case.",
    ]);
    assert.match(record.models[0]?.problems[0]?.hint ?? '', /Rename it/);
  });

  it('proposes the folder that a pattern has in another case', async () => {
    project().notebook('a', readAll.replace('t/*.csv', 'T/a*.csv'));
    const [model] = (await runOnce(project())).models;
    assert.deepEqual(
      model?.problems.map(({ code, hint }) => `${code} ${hint}`),
      ["landing.empty Did you mean landing('t/a*.csv')? data/landing holds t/*.csv (1)."],
    );
  });

  it('names once a folder that the pattern misses by its case alone', async () => {
    for (const name of ['b', 'c']) project().write(`data/landing/u/T/${name}.csv`, 'id,n\n3,z\n');
    project().write('data/landing/u/t/a.csv', 'id,n\n1,x\n');
    project().notebook('a', readAll.replace('t/*.csv', 'u/t/*.csv'));
    const record = await runOnce(project());
    assert.deepEqual(problems(record), [
      "landing.case 2 files of data/landing/u/T are not read: landing('u/t/*.csv') has the folder only in another case.",
    ]);
    assert.match(record.models[0]?.problems[0]?.hint ?? '', /^Did you mean landing\('u\/T\/\*\.csv'\)\?/);
  });

  it('says nothing of such a file that another model reads', async () => {
    project().notebook('b', "CREATE TABLE bronze.u AS SELECT * FROM landing('t/*.CSV')");
    project().write('data/landing/t/B.CSV', 'id,n\n3,z\n');
    assert.deepEqual(problems(await runOnce(project())), []);
  });

  it('warns of a file that lost its rows, and publishes', async () => {
    await runOnce(project());
    project().write('data/landing/t/a.csv', 'id,n\n');
    const record = await runOnce(project());
    assert.match(endings(record)['bronze.t'] ?? '', /^built/);
    assert.deepEqual(problems(record), ['landing.no-rows data/landing/t/a.csv has a header and no rows.']);
  });
});
