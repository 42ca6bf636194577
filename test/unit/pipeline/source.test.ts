import assert from 'node:assert/strict';
import { type Notebooks, type ProjectGraph, problemLine, projectGraph } from '../../support/projectGraph.js';
import { notebookText } from '../../support/temporaryProject.js';

const good = 'CREATE TABLE gold.good AS SELECT 1 AS x';
const outside = (cells: readonly string[]): string =>
  notebookText(cells).replace('ratatouille: 1', 'ratatouille: 1\n-- pipeline: false');

const models = ({ graph }: ProjectGraph): readonly string[] => [...graph.nodes.keys()];
const general = ({ source }: ProjectGraph): readonly string[] => source.problems.map(problemLine);
const ofModels = ({ graph }: ProjectGraph): readonly string[] =>
  [...graph.nodes.values()].flatMap(({ problems }) => problems.map(problemLine));

async function read(notebooks: Notebooks) {
  const project = await projectGraph(notebooks);
  return { models: models(project), general: general(project), ofModels: ofModels(project) };
}

describe('readSource', () => {
  it('reads a model with all that is declared of it', async () => {
    const { source } = await projectGraph({
      a: [
        '-- @description: About sales\n-- @owner: Ann\n-- @tag: daily, raw\n-- @column: x  the one\n-- @check: x > 0 | drop\nCREATE VIEW Gold.Good AS\n  SELECT 1 AS x;',
      ],
    });
    const [{ references, checks, position, nameSpan, selectStart, ...model } = assert.fail()] = source.models;
    assert.deepEqual(model.select, 'SELECT 1 AS x');
    assert.deepEqual(model.tags, ['daily', 'raw']);
    assert.deepEqual(
      [model.key, model.name, model.layer, model.form],
      ['gold.good', 'gold.Good', 'gold', 'view'],
    );
    assert.deepEqual(
      [model.description, model.owner, model.columns.map(({ column, value }) => [column, value])],
      ['About sales', 'Ann', [['x', 'the one']]],
    );
    assert.equal(position.cellText.slice(nameSpan.start, nameSpan.end), 'Gold.Good');
    assert.equal(position.cellText.slice(selectStart), 'SELECT 1 AS x;');
    assert.equal(references.keepsEveryRow, false);
    assert.equal(checks.length, 1);
  });

  it('hangs a bad declaration on its model', async () =>
    assert.deepEqual(await read({ a: [`-- @chekc: x > 0\n${good}`] }), {
      models: ['gold.good'],
      general: [],
      ofModels: ['notebook.declaration 1:1:4 There is no declaration @chekc. | Did you mean @check?'],
    }));

  it('hangs a syntax error on its model, at its place', async () => {
    const { general, ofModels } = await read({ a: ['', `CREATE TABLE gold.good AS\nSELECT 1 AS x,, 2`] });
    assert.deepEqual(general, []);
    assert.match(ofModels.join(), /^sql\.syntax 2:2:15 .*syntax error/);
  });

  it('hangs a PIVOT without IN on its model', async () => {
    const { ofModels } = await read({
      a: [good, 'CREATE TABLE gold.p AS PIVOT gold.good ON x USING sum(x)'],
    });
    assert.match(ofModels.join(), /^sql\.unserialisable 2:1:24 PIVOT .*IN \(…\)/);
  });

  it('tells what concerns no model for the whole', async () =>
    assert.deepEqual(await read({ a: ['-- @check: x > 0\nSELECT 1', good] }), {
      models: ['gold.good'],
      general: [
        'notebook.declaration 1:1:12 The statement below makes no table of the lake. | Write it directly above CREATE OR REPLACE TABLE layer.name AS SELECT …',
      ],
      ofModels: [],
    }));

  it('refuses writes to the lake and other forms', async () => {
    const { general } = await read({
      a: ['INSERT INTO gold.good VALUES (2)', 'CREATE TABLE IF NOT EXISTS gold.x AS SELECT 1'],
    });
    assert.equal(general.length, 2);
    assert.match(general[0] ?? '', /^model\.form 2:1:\d+ /);
    assert.equal(
      general[1],
      'model.write 1:1:13 INSERT would change gold.good behind the back of its model. | Add the rows in the SELECT of its model, with UNION ALL.',
    );
  });

  it('tells a session statement’s syntax error at its place', async () => {
    const { general } = await read({ a: ['CREATE MACRO f(x) AS\n x +', good] });
    assert.equal(general.length, 1);
    assert.match(general[0] ?? '', /^sql\.syntax 1:2:\d+ /);
  });

  it('refuses models outside the pipeline, and their session', async () => {
    const { models, general } = await read({
      b: outside(['CREATE MACRO f() AS 1', good]),
      a: [good.replace('good', 'other')],
    });
    assert.deepEqual(models, ['gold.other']);
    assert.deepEqual(general, [
      "model.form b 2:1:14 This notebook is not part of the pipeline, so it can't build gold.good. | Move it into the notebooks folder, or take `pipeline: false` out of its first lines.",
    ]);
  });

  it('reads the other notebooks beside one it can’t read', async () => {
    const { models, general } = await read({ a: [good], broken: 'no front matter' });
    assert.deepEqual(models, ['gold.good']);
    assert.match(general.join(), /^notebook\.unreadable broken undefined:1:1 /);
  });

  it('counts markdown cells, and lines of CRLF', async () => {
    const text = notebookText(['x', `-- @chekc: y\n${good}`]).replace(
      '-- %%\nx',
      '-- %% [markdown]\n-- Words',
    );
    const { ofModels } = await read({ a: text.replaceAll('\n', '\r\n') });
    assert.match(ofModels.join(), /^notebook\.declaration 2:1:4 /);
  });

  it('takes the notebook on the screen for its file', async () => {
    const onScreen = {
      path: 'notebooks/a.ratnb',
      cells: [
        { kind: 'markdown', text: '# x' },
        { kind: 'code', text: good },
      ],
    } as const;
    const project = await projectGraph({ a: ['CREATE TABLE gold.saved AS SELECT 1 AS x'] }, { onScreen });
    assert.deepEqual(models(project), ['gold.good']);
    assert.equal(project.source.models[0]?.position.cell, 2);
  });

  it('lets a notebook elsewhere query but not build', async () => {
    const onScreen = {
      path: 'scratch/b.ratnb',
      cells: [
        { kind: 'code', text: good },
        { kind: 'code', text: 'SELECT 1' },
      ],
    } as const;
    const project = await projectGraph({ a: [] }, { onScreen });
    assert.deepEqual(models(project), []);
    assert.equal(project.source.notebooks.find(({ path }) => path === onScreen.path)?.cells.length, 2);
    assert.match(general(project).join(), /^model\.form scratch\/b 1:1:14 /);
  });
});
