import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import type { RunOptions } from '../../../../src/app/project.js';
import { problem } from '../../../../src/protocol/problem.js';
import type { ProblemCode } from '../../../../src/protocol/problemCodes.js';
import type { RunEvent, RunRecord } from '../../../../src/protocol/run.js';
import { call, startCall } from '../commandLine.js';
import { builtModel, fakeProject, smallPlan, succeededRun } from '../fakeProject.js';
import { terminalScreen } from '../terminalScreen.js';

describe('ratatouille run', () => {
  it('prints the summary as its result', async () => {
    const { code, stdout } = await runGiving(succeededRun);
    assert.equal(code, 0);
    assert.equal(stdout, '✓ Run 42 succeeded: 1 built, 0 skipped, 0 failed; 1,204 rows in 1.5 s.\n');
  });

  it('prints the record and nothing else for a program', async () => {
    const { stdout } = await runGiving(succeededRun, ['--json']);
    assert.deepEqual(JSON.parse(stdout), succeededRun);
  });

  it('passes the call on to the project', async () => {
    const options = await optionsOf(['silver.sales', '+gold.daily', '--full-refresh', '--no-wait']);
    const { select, fullRefresh, wait } = options;
    assert.deepEqual(
      { select, fullRefresh, wait },
      {
        select: ['silver.sales', '+gold.daily'],
        fullRefresh: true,
        wait: false,
      },
    );
  });

  for (const [codes, exit] of [
    [['check.failed'], 1],
    [['check.failed', 'run.upstream-failed'], 1],
    [['sql.syntax', 'run.upstream-failed'], 2],
    [['check.failed', 'lake.conflict'], 3],
    [[], 1],
  ] as const) {
    it(`returns ${exit} for a run that failed by [${codes.join(', ')}]`, async () => {
      assert.equal((await runGiving(failedRun(codes))).code, exit);
    });
  }

  it('returns 0 for a run with a warning', async () => {
    const warned = { ...problem('check.warned', 'Some rows.'), severity: 'warning' as const };
    const { code, stderr } = await runGiving({ ...succeededRun, problems: [warned] });
    assert.equal(code, 0);
    assert.match(stderr, /^warning check\.warned: Some rows\./);
  });

  it('tells what to do after a failure', async () => {
    const { stdout } = await runGiving(failedRun(['check.failed']));
    assert.match(stdout, /Fix silver\.sales, then ratatouille run builds only what is missing\.\n$/);
  });

  it('names the problem of a failed model, not of its dependents', async () => {
    const { stderr } = await runGiving(failedRun(['check.failed', 'run.upstream-failed']));
    assert.match(stderr, /error check\.failed/);
    assert.doesNotMatch(stderr, /upstream/);
  });

  it('shows each model on a line of its own in a file', async () => {
    const { stderr } = await runTelling(events);
    assert.deepEqual(stderr.split('\n').slice(0, 4), [
      'Waiting for process 7 on box to finish writing.',
      '2 models: 1 to build, 1 up to date',
      '· silver.sales  started',
      '✓ silver.sales  built  1,204 rows  1.3 s  its SQL changed',
    ]);
  });

  it('says how many tables its plan leaves orphaned', async () => {
    const plan = { entries: [], orphans: ['gold.a', 'gold.b'], problems: [] };
    const { stdout } = await runTelling([{ kind: 'planned', plan }]);
    assert.match(stdout, /\n2 tables are orphaned: no model builds gold\.a, gold\.b any more; .*\n$/);
  });

  it('does not advise to clean what a wrong pattern orphans', async () => {
    const problems = [problem('project.no-notebooks', 'The pattern matches no notebook.')];
    const plan = { entries: [], orphans: ['gold.a'], problems };
    const { stdout } = await runTelling([{ kind: 'planned', plan }]);
    assert.match(stdout, /\nWhether a model still builds gold\.a is unknown while no notebook is found\.\n$/);
  });

  it('leaves finished models and nothing else on a terminal', async () => {
    const { stderr } = await runTelling(events, 100);
    assert.deepEqual(terminalScreen(stderr), [
      'Waiting for process 7 on box to finish writing.',
      '2 models: 1 to build, 1 up to date',
      '✓ silver.sales  built  1,204 rows  1.3 s  its SQL changed',
    ]);
  });

  it('draws the running models on a terminal until the end', async () => {
    const { stderr } = await runTelling(events.slice(1, 4), 100, 250);
    assert.match(stripVTControlCharacters(stderr), /silver\.sales {2}█{8}░{8} {2}50 % {2}\d/);
    assert.deepEqual(terminalScreen(stderr), ['2 models: 1 to build, 1 up to date']);
  });

  for (const [argv, env, frozen] of [
    [[], {}, false],
    [[], { CI: 'true' }, true],
    [[], { CI: 'false' }, false],
    [['--frozen'], {}, true],
    [['--no-frozen'], { CI: 'true' }, false],
  ] as const) {
    it(`is ${frozen ? '' : 'not '}frozen with [${argv}] and CI=${'CI' in env ? env.CI : ''}`, async () => {
      const { parts, calls } = fakeProject({ run: async () => succeededRun });
      await call(['run', ...argv, '--project', 'sub'], { parts, env, directory: '/lake' });
      assert.deepEqual(calls[0], { directory: '/lake/sub', frozen });
    });
  }
});

describe('Ctrl-C during a run', () => {
  it('aborts it, waits for its end and returns 130', async () => {
    const { result, stderr } = await interruptedRun(['SIGINT']);
    assert.deepEqual([result.code, result.endedBy], [130, undefined]);
    assert.match(stderr, /^Cancelling\./);
    assert.match(result.stdout, /Run 42 was cancelled/);
  });

  it('returns 143 for SIGTERM', async () => {
    const { result, stderr } = await interruptedRun(['SIGTERM']);
    assert.equal(result.code, 143);
    assert.match(stderr, /^Cancelling: the system asked to end \(SIGTERM\)\.\n/);
  });

  it('ends the process the second time', async () => {
    assert.equal((await interruptedRun(['SIGINT', 'SIGINT'])).result.endedBy, 'SIGINT');
  });

  it('leaves a run that was done already its success', async () => {
    assert.equal((await interruptedRun(['SIGINT'], succeededRun)).result.code, 0);
  });
});

const events: readonly RunEvent[] = [
  { kind: 'waiting', holder: 'process 7 on box' },
  { kind: 'planned', plan: smallPlan },
  { kind: 'model started', model: 'silver.sales' },
  { kind: 'model progress', model: 'silver.sales', share: 0.5 },
  { kind: 'model finished', outcome: builtModel },
  { kind: 'finished', record: succeededRun },
];

function runGiving(record: RunRecord, argv: readonly string[] = []) {
  return call(['run', ...argv], { parts: fakeProject({ run: async () => record }).parts });
}

function runTelling(told: readonly RunEvent[], columns?: number, forMs = 0) {
  const { parts } = fakeProject({
    run: async ({ onEvent }) => {
      for (const event of told) onEvent?.(event);
      await setTimeout(forMs);
      return succeededRun;
    },
  });
  return call(['run'], { parts, ...(columns !== undefined && { columns }) });
}

async function optionsOf(argv: readonly string[]): Promise<RunOptions> {
  let seen: RunOptions | undefined;
  const { parts } = fakeProject({
    run: async (options) => {
      seen = options;
      return succeededRun;
    },
  });
  await call(['run', ...argv], { parts });
  assert.ok(seen);
  return seen;
}

function failedRun(codes: readonly ProblemCode[]): RunRecord {
  const models = codes.map((code) => ({
    ...builtModel,
    status: code === 'run.upstream-failed' ? ('blocked' as const) : ('failed' as const),
    problems: [problem(code, 'It went wrong.')],
  }));
  return { ...succeededRun, status: 'failed', models };
}

async function interruptedRun(
  signals: readonly ('SIGINT' | 'SIGTERM')[],
  record: RunRecord = { ...succeededRun, status: 'cancelled' },
) {
  const started = new EventEmitter();
  const { parts, calls } = fakeProject({
    run: async ({ signal }) => {
      assert.ok(signal);
      started.emit('run');
      await once(signal, 'abort');
      return record;
    },
  });
  const isStarted = once(started, 'run');
  const running = startCall(['run'], { parts });
  await isStarted;
  for (const signal of signals) running.interrupt(signal);
  const result = await running.result;
  assert.equal(calls.at(-1), 'close');
  assert.equal(result.listeners, 0);
  return { result, stderr: result.stderr };
}
