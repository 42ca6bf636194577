import assert from 'node:assert/strict';
import { type CellPort, followRun, type RunRequest } from '../../../src/extension/execution/followRun.js';
import type { CellOutcome } from '../../../src/protocol/kernel.js';
import { type Problem, ProblemError, problem } from '../../../src/protocol/problem.js';
import type { ResultBlock } from '../../../src/protocol/result.js';

const done: ResultBlock = { kind: 'done', statement: 'SET', elapsedMs: 1 };
const fault = problem('sql.failed', 'It failed.');

/** Runs cells 0, 1, … of a notebook and gives what each was told, as words. */
async function follow(count: number, request: RunRequest) {
  const told = Array.from({ length: count }, (): string[] => []);
  const cells = new Map(told.map((words, index) => [index, recordingCell(words)]));
  return { next: await followRun(cells, request), told: told.map((words) => words.join(' ')) };
}

function recordingCell(words: string[]): CellPort {
  return {
    start: () => words.push('start'),
    show: (blocks) => words.push(`show(${blocks.map(({ kind }) => kind)})`),
    progress: (text) => text !== undefined && words.push(`progress(${text})`),
    mark: (problems) => problems.length > 0 && words.push(`mark(${problems.map(({ code }) => code)})`),
    end: (success) => words.push(`end(${success})`),
  };
}

const outcome = (cell: number, status: CellOutcome['status'], problems: Problem[] = []): CellOutcome => ({
  cell,
  status,
  problems,
});

describe('following a run', () => {
  it('shows outputs as they come', async () => {
    const { told, next } = await follow(1, async (tell) => {
      tell({ kind: 'cell started', cell: 0 });
      tell({ kind: 'cell progress', cell: 0, text: 'writing', share: 0.5 });
      tell({ kind: 'cell output', cell: 0, block: done });
      tell({ kind: 'cell output', cell: 0, block: done });
      tell({ kind: 'cell finished', outcome: outcome(0, 'succeeded') });
      return [outcome(0, 'succeeded')];
    });
    assert.deepEqual(told, ['start progress(writing 50 %) show(done) show(done,done) end(true)']);
    assert.equal(next, 'continue');
  });

  it('ends cells that only the answer tells of', async () => {
    const { told } = await follow(2, async () => [outcome(0, 'succeeded'), outcome(1, 'cancelled')]);
    assert.deepEqual(told, ['start end(true)', 'end(undefined)']);
  });

  it('ends cells that nobody tells of', async () => {
    const { told } = await follow(1, async () => []);
    assert.deepEqual(told, ['end(undefined)']);
  });

  it('shows and marks a failure’s problems', async () => {
    const { told } = await follow(1, async () => [outcome(0, 'failed', [fault])]);
    assert.deepEqual(told, ['start show(problem) mark(sql.failed) end(false)']);
  });

  it('shows no problem twice', async () => {
    const { told } = await follow(1, async (tell) => {
      tell({ kind: 'cell output', cell: 0, block: { kind: 'problem', problem: fault } });
      return [outcome(0, 'failed', [fault])];
    });
    assert.deepEqual(told, ['start show(problem) mark(sql.failed) end(false)']);
  });

  it('halts behind a failure that says so', async () => {
    const { next } = await follow(1, async () => [{ ...outcome(0, 'failed', [fault]), halts: true }]);
    assert.equal(next, 'halt');
  });

  it('goes on behind a failed model', async () => {
    const { next } = await follow(1, async () => [outcome(0, 'failed', [fault])]);
    assert.equal(next, 'continue');
  });

  it('tells a death in the cell that ran', async () => {
    const { told, next } = await follow(3, async (tell) => {
      tell({ kind: 'cell finished', outcome: outcome(0, 'succeeded') });
      tell({ kind: 'cell started', cell: 1 });
      throw new ProblemError(problem('kernel.died', 'It died.'));
    });
    assert.deepEqual(told, [
      'start end(true)',
      'start show(problem) mark(kernel.died) end(false)',
      'end(undefined)',
    ]);
    assert.equal(next, 'halt');
  });

  it('tells a fault of ours in the first cell', async () => {
    const { told } = await follow(2, () => Promise.reject(new TypeError('ours')));
    assert.deepEqual(told, ['start show(problem) mark(internal) end(false)', 'end(undefined)']);
  });

  it('ends all cells of a cancelled run', async () => {
    const { told, next } = await follow(2, async (tell) => {
      tell({ kind: 'cell started', cell: 0 });
      throw new ProblemError(problem('sql.cancelled', 'The kernel was stopped.'));
    });
    assert.deepEqual(told, ['start end(undefined)', 'end(undefined)']);
    assert.equal(next, 'halt');
  });

  it('ignores what comes after a cell’s end', async () => {
    const { told } = await follow(1, async (tell) => {
      tell({ kind: 'cell finished', outcome: outcome(0, 'succeeded') });
      tell({ kind: 'cell output', cell: 0, block: done });
      tell({ kind: 'cell progress', cell: 0, text: 'late' });
      tell({ kind: 'cell started', cell: 7 });
      return [outcome(0, 'failed', [fault])];
    });
    assert.deepEqual(told, ['start end(true)']);
  });
});
