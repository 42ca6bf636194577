import assert from 'node:assert/strict';
import { cellSteps } from '../../../../src/extension/welcome/cellSteps.js';
import { decideWelcome, type OpenedFolder } from '../../../../src/extension/welcome/decideWelcome.js';
import { knownSteps, nextStep, steps } from '../../../../src/extension/welcome/steps.js';
import type { ResultBlock } from '../../../../src/protocol/result.js';

const opened: OpenedFolder = {
  root: '/p',
  expected: undefined,
  hasGuide: true,
  isBuilt: false,
  isWelcomed: false,
};

describe('the welcome', () => {
  for (const [title, folder, decision] of [
    [
      'comes after New Project, whatever was before',
      { expected: '/p', isBuilt: true, isWelcomed: true },
      'welcome',
    ],
    ['comes once in a project that nobody built', {}, 'welcome'],
    ['does not come twice', { isWelcomed: true }, 'leave alone'],
    ['leaves a project alone that is in use', { isBuilt: true }, 'leave alone'],
    ['needs a guide', { hasGuide: false }, 'leave alone'],
    ['waits for the folder that was made', { expected: '/other', isWelcomed: true }, 'leave alone'],
    ['needs a project', { root: undefined, expected: undefined }, 'leave alone'],
  ] as const) {
    it(title, () => assert.equal(decideWelcome({ ...opened, ...folder }), decision));
  }
});

describe('the steps of the walkthrough', () => {
  it('go on at the first that is not done', () => {
    assert.equal(nextStep(new Set()), 'create');
    assert.equal(nextStep(new Set(['create', 'bronze'])), 'raw');
    assert.equal(nextStep(new Set(steps)), 'ownData');
  });

  it('forget what they do not know', () => {
    assert.deepEqual([...knownSteps(['raw', 'tomorrow'])], ['raw']);
  });
});

describe('what a cell’s run ticks', () => {
  const table = { kind: 'table', columns: [], rows: [], total: 0, elapsedMs: 1 } as const;
  const ran = (text: string, metadata: object = {}, blocks: readonly Partial<ResultBlock>[] = [table]) =>
    cellSteps({ text, metadata: { ...metadata }, payload: { version: 1, blocks } });

  it('is a look at raw files', () => assert.deepEqual(ran("SELECT * FROM landing('a.csv')"), ['raw']));
  it('is a question to gold', () => assert.deepEqual(ran('FROM gold.daily'), ['query']));
  it('is a chart', () => assert.deepEqual(ran('FROM gold.daily', { chart: {} }), ['query', 'chart']));
  it('is nothing for a model', () => {
    assert.deepEqual(
      ran("CREATE TABLE bronze.a AS FROM landing('a.csv')", {}, [{ kind: 'model' }, table]),
      [],
    );
  });
  it('is nothing without rows', () => assert.deepEqual(ran('FROM gold.daily', {}, [{ kind: 'done' }]), []));
  it('is nothing for another’s output', () => {
    assert.deepEqual(cellSteps({ text: 'FROM gold.a', metadata: {}, payload: 'text' }), []);
  });
});
