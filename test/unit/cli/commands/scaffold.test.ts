import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call } from '../commandLine.js';
import { fakeProject } from '../fakeProject.js';

describe('the commands that make files', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'ratatouille-cli-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('init makes a project and says what comes next', async () => {
    const { code, stdout } = await call(['init', 'my shop', '--no-sample-data'], { directory });
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^Made a project in my shop\. Next:\n {2}cd "my shop"\n.*generate\n {2}ratatouille run\n$/,
    );
    assert.ok(existsSync(join(directory, 'my shop', 'ratatouille.json')));
    assert.deepEqual(readdirSync(join(directory, 'my shop', 'data', 'landing')), []);
  });

  it('init of this folder says nothing of going there', async () => {
    const { stdout } = await call(['init', '.', '--no-sample-data'], { directory });
    assert.match(stdout, /^Made a project in this folder\. Next:\n {2}put CSV files/);
  });

  it('init names the project', async () => {
    await call(['init', 'shop', '--name', 'Corner Shop'], { directory });
    assert.match(readFileSync(join(directory, 'shop', 'ratatouille.json'), 'utf8'), /"Corner Shop"/);
  });

  it('init refuses a folder that is not empty', async () => {
    await call(['init', 'shop'], { directory });
    const { code, stderr } = await call(['init', 'shop'], { directory });
    assert.equal(code, 2);
    assert.match(stderr, /^error scaffold\.not-empty: /);
  });

  it('generate writes as many rows as asked', async () => {
    const argv = ['generate', '--rows', '500', '--days', '2', '--output', 'csv'];
    const { code, stdout } = await call(argv, { directory });
    assert.equal(code, 0);
    assert.match(stdout, /^Wrote 500 rows of sales \(5 files, .* kB\) to /);
    assert.ok(existsSync(join(directory, 'csv', 'truth.json')));
    assert.ok(stdout.includes(`${join(directory, 'csv', 'truth.json')} counts each kind`), stdout);
  });

  it('generate of clean rows speaks of no faults', async () => {
    const argv = ['generate', '--rows', '1', '--days', '1', '--output', 'csv'];
    assert.match((await call(argv, { directory })).stdout, /\n(None of them has|1 of them has) a fault/);
  });

  it('generate prints the truth for a program', async () => {
    const argv = ['generate', '--rows', '500', '--days', '2', '--output', 'csv', '--json'];
    const { stdout } = await call(argv, { directory });
    assert.deepEqual(
      JSON.parse(stdout),
      JSON.parse(readFileSync(join(directory, 'csv', 'truth.json'), 'utf8')),
    );
  });

  it('generate fills the landing folder of the project', async () => {
    const landingDirectory = join(directory, 'landing');
    const { parts } = fakeProject({ landingDirectory });
    await call(['generate', '--rows', '500'], { parts, directory });
    assert.ok(existsSync(join(landingDirectory, 'stores.csv')));
  });

  it('generate draws a bar on a terminal', async () => {
    const argv = ['generate', '--rows', '500', '--output', 'csv'];
    assert.match((await call(argv, { directory, columns: 100 })).stderr, /% .* of 500 rows/);
  });
});
