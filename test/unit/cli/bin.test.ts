import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../../src/cli/bin.js', import.meta.url));

/** Opens a pipe for writing as soon as somebody reads it. */
async function opened(pipe: string): Promise<FileHandle> {
  for (;;) {
    try {
      return await open(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
      await setTimeout(20);
    }
  }
}

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

  it('ends by the second Ctrl-C while the engine hears nothing', async function () {
    if (process.platform === 'win32') this.skip();
    writeFileSync(join(directory, 'ratatouille.json'), '{ "name": "Pipes" }');
    const pipe = join(directory, 'pipe.csv');
    execFileSync('mkfifo', [pipe]);
    // The engine waits for the first line, to find out what the columns are.
    const child = spawn(process.execPath, [bin, 'query', "FROM read_csv('pipe.csv')"], {
      cwd: directory,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    children.push(child);
    const exited = once(child, 'exit');
    const writer = await opened(pipe);
    child.kill('SIGINT');
    const [said] = await once(child.stderr, 'data');
    assert.equal(String(said), 'Cancelling. Ctrl-C again ends it at once.\n');
    child.kill('SIGINT');
    assert.deepEqual(await exited, [null, 'SIGINT']);
    await writer.close();
  });

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
