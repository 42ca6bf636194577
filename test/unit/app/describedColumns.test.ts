import assert from 'node:assert/strict';
import type { RunRecord } from '../../../src/protocol/run.js';
import { projectForEach, runOnce } from './runs.js';

describe('a @column that describes no column', () => {
  const project = projectForEach();
  const text = '-- @column: id  which one\n-- @column: quantiti  how many\nCREATE TABLE bronze.a AS';
  const warned = (record: RunRecord) =>
    record.models.map(({ status, problems }) => [
      status,
      ...problems.map(
        ({ code, severity, message, hint, place }) =>
          `${code} ${severity} ${place?.line}:${place?.column}-${place?.endColumn} ${message} ${hint}`,
      ),
    ]);
  const warning =
    'notebook.declaration warning 2:13-21 bronze.a has no column quantiti, which @column describes. Did you mean Quantity?';

  it('is a warning at its name, again where the model is skipped', async () => {
    project().notebook('a', `${text} SELECT 1 AS ID, 2 AS "Quantity";`);
    assert.deepEqual(warned(await runOnce(project())), [['built', warning]]);
    assert.deepEqual(warned(await runOnce(project())), [['skipped', warning]]);
  });

  it('warns where it is written after the build, and with checks judged again', async () => {
    project().notebook('a', 'CREATE TABLE bronze.a AS SELECT 1 AS id, 2 AS quantity;');
    await runOnce(project());
    const select = `${text} SELECT 1 AS id, 2 AS quantity;`;
    project().notebook('a', select);
    const expected = warning.replace('Quantity', 'quantity');
    assert.deepEqual(warned(await runOnce(project())), [['skipped', expected]]);
    project().notebook('a', select.replace('CREATE', '-- @check: id > 0\nCREATE'));
    assert.deepEqual(warned(await runOnce(project())), [['judged', expected]]);
  });

  it('warns of a view, and names its columns where none is close', async () => {
    project().notebook('a', '-- @column: "the sum"  of all\nCREATE VIEW gold.v AS SELECT 1 AS a, 2 AS b;');
    const { problems } = (await runOnce(project())).models[0] ?? assert.fail();
    assert.deepEqual(
      problems.map(({ message, hint, place }) => [message, hint, place?.column, place?.endColumn]),
      [['gold.v has no column the sum, which @column describes.', 'Its columns are a, b.', 13, 22]],
    );
  });

  it('proposes a name as @column takes it', async () => {
    project().notebook('a', '-- @column: totl  of all\nCREATE VIEW gold.v AS SELECT 1 AS "tot l";');
    const { problems } = (await runOnce(project())).models[0] ?? assert.fail();
    assert.deepEqual(problems[0]?.fix, { kind: 'replace', texts: ['"tot l"'] });
  });
});
