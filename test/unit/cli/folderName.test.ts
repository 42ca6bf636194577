import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { KernelClient } from '../../../src/kernel/client/kernelClient.js';
import { silentLogger } from '../../../src/protocol/logger.js';
import { notebookText } from '../../support/temporaryProject.js';

const bin = fileURLToPath(new URL('../../../src/cli/bin.js', import.meta.url));
const kernel = fileURLToPath(new URL('../../../src/kernel/host/main.js', import.meta.url));

/** Windows allows no quotation mark in a name. */
const folder = process.platform === 'win32' ? "it's, a näme 100%" : 'it\'s, a "näme" 100%';

describe('a project in a folder with an uncommon name', function () {
  // Processes start slowly on a machine that is busy.
  this.timeout(30_000);
  let above: string;
  let root: string;

  beforeEach(() => {
    above = mkdtempSync(join(tmpdir(), 'ratatouille-folder-'));
    root = join(above, folder);
    write('ratatouille.json', '{ "name": "test" }');
    write('rates/a.csv', 'n\n1\n2\n');
    write('data/landing/b.csv', 'n\n3\n');
  });
  afterEach(() => rmSync(above, { recursive: true, maxRetries: 5 }));

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }

  /** Calls the command line from elsewhere. */
  async function call(...argv: readonly string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(process.execPath, [bin, ...argv, '--project', root], {
      cwd: above,
    });
    return stdout;
  }

  it('runs and rebuilds what reads an outside file', async () => {
    const models = [
      "CREATE TABLE bronze.a AS FROM 'rates/a.csv'",
      "CREATE TABLE bronze.b AS FROM landing('b.csv')",
    ];
    write('notebooks/a.ratnb', notebookText(models));
    assert.match(await call('run', '--no-frozen'), /2 built/);
    assert.match(await call('run', '--no-frozen'), /0 built, 2 skipped/);
    write('rates/a.csv', 'n\n1\n2\n3\n');
    assert.match(await call('run', '--no-frozen'), /1 built, 1 skipped/);
    assert.deepEqual(JSON.parse(await call('query', 'SELECT count(*) AS n FROM bronze.a', '--json')), [
      { n: 3 },
    ]);
  });

  it('answers queries of files by their paths in it', async () => {
    assert.deepEqual(JSON.parse(await call('query', "FROM 'rates/*.csv'", '--json')), [{ n: 1 }, { n: 2 }]);
  });

  it('is where a cell’s COPY writes and reads', async () => {
    const client = new KernelClient({ modulePath: kernel, project: root, logger: silentLogger });
    const text = "COPY (FROM 'rates/a.csv') TO 'copied.csv' (HEADER false)";
    const notebook = { path: 'notebooks/a.ratnb', cells: [{ kind: 'code' as const, text }] };
    const outcomes = await client.request('run cells', { notebook, run: [0] });
    await client.stop();
    assert.deepEqual(outcomes, [{ cell: 0, status: 'succeeded', problems: [], halts: false }]);
    assert.equal(readFileSync(join(root, 'copied.csv'), 'utf8'), '1\n2\n');
    assert.deepEqual(readdirSync(above), [folder]);
  });
});
