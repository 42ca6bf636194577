import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { silentLogger } from '../../../src/protocol/logger.js';
import { ProblemError, problem } from '../../../src/protocol/problem.js';
import { call } from './commandLine.js';
import { fakeProject, smallStatus } from './fakeProject.js';

describe('the command line', () => {
  it('prints its help when nothing is asked', async () => {
    const { code, stdout, stderr } = await call([]);
    assert.equal(code, 0);
    assert.match(stdout, /^Usage: ratatouille .*\n[\s\S]*\n {2}run /);
    assert.equal(stderr, '');
  });

  it('prints the version of the package', async () => {
    const { code, stdout } = await call(['--version']);
    assert.equal(code, 0);
    assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
  });

  for (const [argv, message, hint] of [
    [['rnu'], "Unknown command 'rnu'.", 'Did you mean run?'],
    [['help', 'rnu'], "Unknown command 'rnu'.", 'Did you mean run?'],
    [['run', '--frozen', '--no-frozen'], '--frozen and --no-frozen are opposites.', 'Give one of them.'],
    [['plan', '--no-frozen', '--frozen'], '--frozen and --no-frozen are opposites.', 'Give one of them.'],
    [['run', '--full-refrsh'], "Unknown option '--full-refrsh'.", 'Did you mean --full-refresh?'],
    [['query', 'a', 'b'], "Too many arguments for 'query'", 'ratatouille --help'],
    [['init'], "Missing required argument 'dir'.", 'ratatouille --help'],
    [['query', 'x', '--format', 'xml'], "Option '--format <format>' argument 'xml' is invalid.", '--help'],
    [['generate', '--rows', '1e3'], 'It must be a whole number of at least 1.', '--help'],
    [['generate', '--rows', '0'], 'It must be a whole number of at least 1.', '--help'],
  ] as const) {
    it(`refuses \`${argv.join(' ')}\` with a hint`, async () => {
      const { code, stdout, stderr } = await call(argv);
      assert.equal(code, 2);
      assert.equal(stdout, '');
      assert.match(stderr, /^error cli\.usage: /);
      assert.ok(stderr.includes(message), stderr);
      assert.ok(stderr.includes(hint), stderr);
    });
  }

  for (const name of ['run', 'help']) {
    it(`shows the help of ${name}`, async () => {
      const { code, stdout } = await call(['help', name]);
      assert.equal(code, 0);
      assert.match(stdout, /^Usage: ratatouille /);
    });
  }

  it('tells a program of a failure as JSON', async () => {
    const { parts } = fakeProject({ status: async () => Promise.reject(busy()) });
    const { code, stdout, stderr } = await call(['status', '--json'], { parts });
    assert.equal(code, 3);
    assert.deepEqual(JSON.parse(stdout), { problem: busy().problem });
    assert.match(stderr, /^error lake\.busy: Somebody writes/);
  });

  it('closes the project after a failure', async () => {
    const { parts, calls } = fakeProject({ status: async () => Promise.reject(busy()) });
    await call(['status'], { parts });
    assert.equal(calls.at(-1), 'close');
  });

  it('calls an unknown fault internal, without its stack', async () => {
    const { parts } = fakeProject({ status: async () => Promise.reject(new TypeError('x is undefined')) });
    const { code, stderr } = await call(['status'], { parts });
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^error internal: Ratatouille .* own: x is undefined\n {2}try: .*RATATOUILLE_LOG=debug/,
    );
    assert.doesNotMatch(stderr, / at /);
  });

  it('names the log that has an unknown fault', async () => {
    const fault = new TypeError('x is undefined');
    const logged: unknown[] = [];
    const error = (_message: string, thrown?: unknown) => void logged.push(thrown);
    const logger = { ...silentLogger, error, file: '.ratatouille/logs/0007.jsonl' };
    const { parts } = fakeProject({ logger, status: async () => Promise.reject(fault) });
    const { stderr } = await call(['status'], { parts });
    assert.match(stderr, /try: Where it happened is in \.ratatouille\/logs\/0007\.jsonl\./);
    assert.deepEqual(logged, [fault]);
  });

  it('shows the stack of an unknown fault when asked', async () => {
    const { parts } = fakeProject({ status: async () => Promise.reject(new TypeError('x is undefined')) });
    const { stderr } = await call(['status'], { parts, env: { RATATOUILLE_LOG: 'debug' } });
    assert.match(stderr, /TypeError: x is undefined\n {4}at /);
  });

  it('is quiet when the reader of stdout has gone', async () => {
    const { parts, calls } = fakeProject({ status: async () => smallStatus });
    const { code, stderr } = await call(['status'], { parts, stdout: closedPipe('EPIPE') });
    assert.deepEqual([code, stderr], [0, '']);
    assert.equal(calls.at(-1), 'close');
  });

  for (const argv of [['status'], ['status', '--json'], ['--help'], ['--version']]) {
    it(`tells in one line that the disk is full for \`${argv.join(' ')}\``, async () => {
      const { parts } = fakeProject({ status: async () => smallStatus });
      const { code, stderr } = await call(argv, { parts, stdout: closedPipe('ENOSPC') });
      assert.equal(code, 1);
      assert.equal(
        stderr,
        "error cli.output: Standard output can't be written: there is no space left on its disk.\n",
      );
    });
  }

  for (const [code, told] of [
    ['ENOSPC', /^error lake\.busy: .*\nerror cli\.output: .*\n$/],
    ['EPIPE', /^error lake\.busy: .*\n$/],
  ] as const) {
    it(`ends by the failure that stdout can't tell for ${code}`, async () => {
      const { parts } = fakeProject({ status: async () => Promise.reject(busy()) });
      const result = await call(['status', '--json'], { parts, stdout: closedPipe(code) });
      assert.equal(result.code, 3);
      assert.match(result.stderr, told);
    });
  }
});

function busy(): ProblemError {
  return new ProblemError(problem('lake.busy', 'Somebody writes.'));
}

function closedPipe(code: string): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })) });
}
