import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { listNotebookFiles } from '../../../src/project/notebookFiles.js';
import { findProjectRoot, requireProjectRoot } from '../../../src/project/root.js';
import { ProblemError } from '../../../src/protocol/problem.js';

describe('a project’s files', () => {
  let root: string;

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'ratatouille files [1] ')));
  });

  afterEach(() => rmSync(root, { recursive: true }));

  function write(...paths: readonly string[]): void {
    for (const path of paths) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), '');
    }
  }

  it('are found from the root and from below', () => {
    write('ratatouille.json', 'a/b/c.txt', 'a/inner/ratatouille.json');
    assert.equal(findProjectRoot(root), root);
    assert.equal(findProjectRoot(join(root, 'a', 'b')), root);
    assert.equal(requireProjectRoot(join(root, 'a', 'b', 'not', 'there')), root);
    assert.equal(requireProjectRoot(join(root, 'a', 'inner')), join(root, 'a', 'inner'));
  });

  it('are missed outside of any project', () => {
    assert.equal(findProjectRoot(root), undefined);
    assert.throws(
      () => requireProjectRoot(root),
      (error) =>
        error instanceof ProblemError &&
        error.problem.code === 'project.missing' &&
        error.problem.message.includes(root),
    );
  });

  it('list notebooks in code unit order', () => {
    const names = [
      'a.ratnb',
      'B.ratnb',
      '10.ratnb',
      '9.ratnb',
      'a/z.ratnb',
      'a-b.ratnb',
      'é.ratnb',
      '😀.ratnb',
      'a b [1] (x).ratnb',
    ];
    write(...names.map((name) => `notebooks/${name}`));
    assert.deepEqual(
      listNotebookFiles(root, 'notebooks/**/*.ratnb'),
      ['10', '9', 'B', 'a b [1] (x)', 'a-b', 'a', 'a/z', 'é', '😀'].map((name) => `notebooks/${name}.ratnb`),
    );
  });

  it('leave out what is hidden, installed or no notebook', () => {
    write(
      'notebooks/.hidden.ratnb',
      'notebooks/.ipynb_checkpoints/a.ratnb',
      'notebooks/node_modules/b.ratnb',
      'notebooks/c.sql',
      'notebooks/d.ratnb.bak',
      'notebooks/e.ratnb/f.txt',
      'elsewhere/g.ratnb',
      'notebooks/h.ratnb',
    );
    assert.deepEqual(listNotebookFiles(root, 'notebooks/**/*.ratnb'), ['notebooks/h.ratnb']);
  });

  const patterns: Readonly<Record<string, readonly string[]>> = {
    '**/*.ratnb': ['a.ratnb', 'sql/b.ratnb', 'sql/deep/c.ratnb'],
    '*.ratnb': ['a.ratnb'],
    'sql/*.ratnb': ['sql/b.ratnb'],
    './sql/**': ['sql/b.ratnb', 'sql/deep/c.ratnb'],
    'sql/b.ratnb': ['sql/b.ratnb'],
    '{a,sql/b}.ratnb': ['a.ratnb', 'sql/b.ratnb'],
    'nowhere/**/*.ratnb': [],
    'sql/b.ratnb/*': [],
  };
  for (const [pattern, expected] of Object.entries(patterns)) {
    it(`list the notebooks of ${pattern}`, () => {
      write('a.ratnb', 'sql/b.ratnb', 'sql/deep/c.ratnb');
      assert.deepEqual(listNotebookFiles(root, pattern), expected);
    });
  }
});
