import assert from 'node:assert/strict';
import { runMessage, runProblems } from '../../../../src/extension/commands/runMessage.js';
import { RunSteps } from '../../../../src/extension/commands/runSteps.js';
import { problem } from '../../../../src/protocol/problem.js';
import { outcome, record } from '../records.js';

const fault = problem('check.failed', 'A check failed.');

describe('the message after a run', () => {
  for (const [title, run, message] of [
    ['counts what was built', record({ models: [outcome('built')] }), 'Run 7: 1 built in 1.4 s.'],
    [
      'says that nothing was to do',
      record({ models: [outcome('skipped')] }),
      'Run 7: everything is up to date.',
    ],
    [
      'says that the old tables stay',
      record({ status: 'failed', models: [outcome('failed')] }),
      'Run 7 failed: 1 failed. What failed stays as it was before.',
    ],
    [
      'says why nothing began',
      record({ status: 'failed', problems: [fault] }),
      'Run 7 failed: A check failed. What failed stays as it was before.',
    ],
    [
      'says what a cancelled run left',
      record({ status: 'cancelled', models: [outcome('built'), outcome('cancelled')] }),
      'Run 7 was cancelled: 1 cancelled, 1 built. What was not finished stays as it was.',
    ],
  ] as const) {
    it(title, () => assert.equal(runMessage(run), message));
  }

  it('has each problem once', () => {
    const models = [outcome('failed', { problems: [fault] })];
    assert.deepEqual(runProblems(record({ models, problems: [fault] })), [fault]);
  });
});

describe('the progress of a run', () => {
  it('names the table and how far it is', () => {
    const steps = new RunSteps();
    const entries = [{}, {}] as never;
    steps.next({ kind: 'planned', plan: { entries, orphans: [], problems: [] } });
    steps.next({ kind: 'model finished', outcome: outcome('built') });
    assert.deepEqual(steps.next({ kind: 'model started', model: 'gold.daily' }), {
      message: 'building gold.daily (2 of 2)',
    });
  });

  it('adds up to the whole', () => {
    const steps = new RunSteps();
    const entries = [{}, {}, {}] as never;
    steps.next({ kind: 'planned', plan: { entries, orphans: [], problems: [] } });
    const parts = [1, 2, 3].map(() => steps.next({ kind: 'model finished', outcome: outcome('built') }));
    const whole = parts.reduce((sum, part) => sum + (part?.increment ?? 0), 0);
    assert.equal(Math.round(whole), 100);
  });

  it('names who writes while it waits', () => {
    const step = new RunSteps().next({ kind: 'waiting', holder: 'process 4711 on laptop' });
    assert.match(step?.message ?? '', /process 4711 on laptop/);
  });
});
