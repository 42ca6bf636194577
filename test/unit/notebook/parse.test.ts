import assert from 'node:assert/strict';
import { readNotebook } from '../../../src/notebook/bytes.js';
import { emptyNotebook } from '../../../src/notebook/notebook.js';
import { parseNotebook } from '../../../src/notebook/parse.js';
import { printNotebook } from '../../../src/notebook/print.js';

const head = '-- ---\n-- ratatouille: 1\n-- ---\n';

/** Kind, title, metadata and text of each cell below the front matter. */
function cellsOf(body: string): unknown[] {
  const { notebook, problems } = parseNotebook(head + body);
  assert.deepEqual(problems, []);
  return notebook!.cells.map(({ kind, title, metadata, text }) => [kind, title ?? '', metadata, text]);
}

function unreadable(text: string): string {
  const { notebook, problems } = parseNotebook(text);
  assert.equal(notebook, undefined);
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['notebook.unreadable'],
  );
  return `${problems[0]?.place?.line}: ${problems[0]?.message}`;
}

describe('parseNotebook', () => {
  it('reads the layout of the design', () => {
    const body = `
-- %% [markdown]
-- # Sales
--
-- from the till

-- %%
-- @check: a <> 0 | drop
SELECT 1;

-- %% Daily chart={"mark": "bar", "x": [1, "a b=c"]} height=300
SELECT 2`;
    assert.deepEqual(cellsOf(body), [
      ['markdown', '', {}, '# Sales\n\nfrom the till'],
      ['code', '', {}, '-- @check: a <> 0 | drop\nSELECT 1;'],
      ['code', 'Daily', { chart: { mark: 'bar', x: [1, 'a b=c'] }, height: 300 }, 'SELECT 2'],
    ]);
  });

  it('finds markers by line, even inside strings', () => {
    assert.deepEqual(cellsOf("\n-- %%\nSELECT '\n-- %%\n'"), [
      ['code', '', {}, "SELECT '"],
      ['code', '', {}, "'"],
    ]);
  });

  it('takes one backslash off what looks like a marker', () => {
    assert.deepEqual(cellsOf('\n-- %%\n-- \\%%\n--\\\\%%x\n -- %%\n\n-- %% [markdown]\n-- \\%% y'), [
      ['code', '', {}, '-- %%\n--\\%%x\n -- %%'],
      ['markdown', '', {}, '%% y'],
    ]);
  });

  it('keeps blank lines inside cells, not between them', () => {
    assert.deepEqual(cellsOf('\n\n-- %%\n\n  \na\n\nb\n\n\n\n-- %%\n-- %%\n'), [
      ['code', '', {}, '\n  \na\n\nb'],
      ['code', '', {}, ''],
      ['code', '', {}, ''],
    ]);
  });

  it('takes an empty file for a new notebook', () => {
    for (const text of ['', '\ufeff', '\n \r\n']) {
      const { notebook, problems } = parseNotebook(text);
      assert.deepEqual([notebook?.cells, problems], [[], []]);
    }
    assert.equal(printNotebook(parseNotebook('').notebook!), head);
  });

  it('remembers line ending, mark and pipeline', () => {
    const text = '\ufeff-- ---\r\n-- ratatouille: "1"\r\n-- pipeline: false\r\n-- ---\r\n';
    const { notebook } = parseNotebook(text);
    const { lineEnding, byteOrderMark, pipeline } = notebook!.header;
    assert.deepEqual([lineEnding, byteOrderMark, pipeline], ['\r\n', true, false]);
    assert.equal(printNotebook(notebook!), text);
  });

  it('tells of a front matter that says too much', () => {
    const { notebook, problems } = parseNotebook(
      '-- ---\n-- ratatouille: 1\n-- pipline: false\n-- pipeline: no\n-- ---\n',
    );
    assert.ok(notebook?.header.pipeline);
    assert.deepEqual(
      problems.map(({ hint, place }) => [place?.line, hint]),
      [
        [3, 'Did you mean pipeline?'],
        [4, 'Write `pipeline: false` for a notebook that builds no tables.'],
      ],
    );
  });

  it('never guesses what it can not read', () => {
    assert.equal(unreadable('SELECT 1'), '1: The file does not begin with a front matter.');
    assert.equal(unreadable('{"cells": []}'), '1: The file does not begin with a front matter.');
    assert.equal(unreadable('-- ---\n-- ---\n'), '1: The front matter has no `ratatouille` version.');
    assert.equal(
      unreadable('-- ---\n-- ratatouille: 2\n-- ---\n'),
      '2: The file has the format version 2; this Ratatouille reads version 1.',
    );
    assert.equal(unreadable('-- ---\n-- ratatouille: 1\n-- %%\n-- ---\n'), '3: The front matter has no end.');
    assert.equal(unreadable('-- ---\n-- ratatouille: 1\n'), '3: The front matter has no end.');
    assert.equal(unreadable(`${head}\nSELECT 1\n-- %%\n`), '5: Text stands before the first cell.');
    assert.equal(
      unreadable(`${head}\n-- %% [markdown]\n-- a\nSELECT 1`),
      '7: A line of a markdown cell does not begin with `-- `.',
    );
    assert.equal(unreadable(`${head}-- %%time\n`), '4: A blank must follow the %% of a cell marker.');
    assert.equal(unreadable(`${head}-- %%%% deep\n`), '4: A blank must follow the %% of a cell marker.');
    assert.equal(unreadable(`${head}-- %% [raw]\n`), '4: There are no raw cells.');
    assert.equal(unreadable(`${head}-- %% a={\n`), '4: The value of a is no JSON.');
    assert.equal(unreadable(`${head}-- %% a=1 a=2\n`), '4: The metadata a is given twice.');
    assert.equal(unreadable(`${head}-- %% a=1 b\n`), '4: b is no metadata of a cell.');
    assert.equal(unreadable(`${head}-- %%\na\0`), '5: The file holds a NUL byte, so it is no text.');
  });

  it('names the line whose bytes are no UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from(`${head}-- %%\n`), Buffer.from([0x27, 0xe9, 0x27, 0x0a])]);
    const { notebook, problems } = readNotebook(bytes);
    assert.equal(notebook, undefined);
    assert.equal(problems[0]?.place?.line, 5);
  });
});

describe('printNotebook', () => {
  it('prints a title that reads like something else as metadata', () => {
    const titled = (title: string) =>
      printNotebook(emptyNotebook([{ kind: 'code', text: '', title, metadata: { a: 1 } }]));
    assert.equal(titled('Daily sales'), `${head}\n-- %% Daily sales a=1\n`);
    assert.equal(titled('x=[1]'), `${head}\n-- %% title="x=[1]" a=1\n`);
  });

  it('leaves no blank at the end of an empty markdown line', () => {
    const notebook = emptyNotebook([{ kind: 'markdown', text: 'a\n\n%% b', metadata: {} }]);
    assert.equal(printNotebook(notebook), `${head}\n-- %% [markdown]\n-- a\n--\n-- \\%% b\n`);
  });

  it('keeps a marker on one line for every program', () => {
    const notebook = emptyNotebook([{ kind: 'code', text: '', metadata: { a: 'x\n\u0085\u2028y' } }]);
    assert.equal(printNotebook(notebook), `${head}\n-- %% a="x\\n\\u0085\\u2028y"\n`);
  });

  it('refuses metadata keys that would be lost', () => {
    const notebook = emptyNotebook([{ kind: 'code', text: '', metadata: { 'a b': 1 } }]);
    assert.throws(() => printNotebook(notebook), RangeError);
  });
});
