import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { locateNotebook } from '../../../src/extension/execution/notebookLocation.js';
import { readNotebookFile, writeNotebookFile } from '../../../src/extension/notebook/notebookFile.js';
import { ProblemError } from '../../../src/protocol/problem.js';

const file = `-- ---
-- ratatouille: 1
-- pipeline: false
-- ---

-- %% [markdown]
-- # Title

-- %% Revenue chart={"mark": "bar"}
SELECT 1;
`;
const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = (content: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);

describe('notebook file in the editor', () => {
  it('keeps every byte, by way of JSON', () => {
    for (const text of [file, `\uFEFF${file.replaceAll('\n', '\r\n')}`]) {
      const opened = JSON.parse(JSON.stringify(readNotebookFile(bytes(text))));
      assert.equal(textOf(writeNotebookFile(opened)), text);
    }
  });

  it('carries a chart in its cell’s metadata', () => {
    const [, chart] = readNotebookFile(bytes(file)).cells;
    assert.equal(chart?.language, 'ratatouille-sql');
    assert.deepEqual(chart?.metadata, { title: 'Revenue', metadata: { chart: { mark: 'bar' } } });
  });

  it('gives a new notebook a header', () => {
    const empty = readNotebookFile(new Uint8Array());
    assert.deepEqual(empty.cells, []);
    const cell = { kind: 'code' as const, text: 'SELECT 1;', language: 'sql', metadata: {} };
    const written = writeNotebookFile({ metadata: {}, cells: [cell] });
    assert.equal(readNotebookFile(written).cells[0]?.text, 'SELECT 1;');
  });

  it('says the line of an unreadable file', () => {
    assert.throws(
      () => readNotebookFile(bytes(file.replace('ratatouille: 1', 'ratatouille: 99'))),
      /^.*line 2.*: /,
    );
    assert.throws(() => readNotebookFile(new Uint8Array([0x2d, 0xff])), ProblemError);
  });
});

describe('notebook location', () => {
  let root: string;
  let folder: string;
  before(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), 'ratatouille-location-'));
    folder = path.join(root, 'project', 'notebooks');
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(root, 'project', 'ratatouille.json'), '{}');
  });
  after(() => fs.rmSync(root, { recursive: true }));

  it('is a path in the project', () => {
    const location = locateNotebook({ scheme: 'file', fsPath: path.join(folder, 'a.ratnb') });
    assert.deepEqual(location, { root: path.join(root, 'project'), path: 'notebooks/a.ratnb' });
  });

  it('is a problem where there is no project', () => {
    const locate = (scheme: string, fsPath: string) => () => locateNotebook({ scheme, fsPath });
    assert.throws(locate('file', path.join(root, 'a.ratnb')), /no ratatouille\.json/);
    assert.throws(locate('untitled', 'Untitled-1.ratnb'), /not a file yet/);
  });
});
