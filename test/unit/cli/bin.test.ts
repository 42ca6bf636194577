import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../../src/cli/bin.js', import.meta.url));

describe('the process', function () {
  // A process starts slowly on a machine that is busy.
  this.timeout(30_000);
  let directory: string;
  const children: ChildProcess[] = [];
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'ratatouille-bin-'));
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    rmSync(directory, { recursive: true, maxRetries: 5 });
  });

  it('returns the exit code of the call', async () => {
    const child = spawn(process.execPath, [bin, 'rnu'], { stdio: 'ignore' });
    assert.deepEqual(await once(child, 'exit'), [2, null]);
  });

  it('ends quietly when nobody reads its output', async () => {
    const child = spawn(process.execPath, [bin, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    const errors = child.stderr.setEncoding('utf8').toArray();
    assert.deepEqual(await once(child, 'exit'), [0, null]);
    assert.deepEqual(await errors, []);
  });

  for (const argv of [['--help'], ['init', 'shop', '--no-sample-data', '--json']]) {
    it(`says in one line that the disk is full for \`${argv.join(' ')}\``, async function () {
      if (!existsSync('/dev/full')) this.skip();
      const shell = ['-c', '"$0" "$@" > /dev/full', process.execPath, bin, ...argv];
      const child = spawn('sh', shell, { cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] });
      const errors = child.stderr.setEncoding('utf8').toArray();
      assert.deepEqual(await once(child, 'exit'), [1, null]);
      assert.match((await errors).join(''), /^error cli\.output: .*\n$/);
    });
  }

  it('leaves nothing behind after Ctrl-C', async function () {
    // Windows has no SIGINT that one process could send another.
    if (process.platform === 'win32') this.skip();
    const argv = ['generate', '--rows', '50_000_000', '--output', directory];
    const child = spawn(process.execPath, [bin, ...argv], { stdio: 'ignore' });
    children.push(child);
    const exited = once(child, 'exit');
    while (readdirSync(directory).length === 0) await setTimeout(20);
    child.kill('SIGINT');
    assert.deepEqual(await exited, [130, null]);
    assert.deepEqual(readdirSync(directory), []);
  });
});
