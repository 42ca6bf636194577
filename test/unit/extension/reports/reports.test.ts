import assert from 'node:assert/strict';
import { planReport } from '../../../../src/extension/reports/planReport.js';
import { runReport } from '../../../../src/extension/reports/runReport.js';
import { problem } from '../../../../src/protocol/problem.js';
import type { PlanEntry } from '../../../../src/protocol/run.js';
import { outcome, record } from '../records.js';

const entry: PlanEntry = {
  model: 'silver.sales',
  form: 'table',
  action: 'build',
  reason: 'its SQL changed',
  notebook: 'notebooks/a.ratnb',
  cell: 2,
  inputs: ["landing('a|b*.csv')"],
  problems: [],
};

describe('the page of a plan', () => {
  const page = (...entries: readonly PlanEntry[]) => planReport({ entries, orphans: [], problems: [] });

  it('says how much is to do', () => {
    assert.match(page(entry, { ...entry, action: 'skip' }), /1 of 2 tables would be worked on/);
    assert.match(page({ ...entry, action: 'skip' }), /All 1 tables are up to date/);
    assert.match(page(), /nothing to build/);
  });

  it('takes no name for markup', () => {
    assert.match(page(entry), /\| silver\.sales \| \*\*build\*\* \| its SQL changed \| a\\\|b\\\*\.csv \|/);
  });

  it('says what is wrong and what is left over', () => {
    const problems = [problem('graph.cycle', 'It reads itself.', { hint: 'Break the circle.' })];
    const text = planReport({ entries: [{ ...entry, problems }], orphans: ['gold.old'], problems: [] });
    assert.match(text, /- It reads itself\. Break the circle\./);
    assert.match(text, /No notebook builds `gold\.old`/);
  });
});

describe('what the page of a plan says of tables without a model', () => {
  const renamed = { ...entry, model: 'gold.new', renames: 'gold.old' };

  it('does not advise to remove what has a new name', () => {
    const text = planReport({ entries: [renamed], orphans: ['gold.old'], problems: [] });
    assert.match(text, /`gold\.new` has the SELECT that built `gold\.old`/);
    assert.match(text, /it may be gold\.old under a new name/);
    assert.doesNotMatch(text, /--orphans/);
  });

  it('knows of none while a notebook can’t be read', () => {
    const problems = [problem('notebook.unreadable', 'It has no end.', { place: { notebook: 'a.ratnb' } })];
    const text = planReport({ entries: [], orphans: ['gold.old'], problems });
    assert.match(text, /still builds `gold\.old` is unknown while a\.ratnb can't be read/);
    assert.doesNotMatch(text, /--orphans/);
  });
});

describe('the page of a run', () => {
  it('has its tables, rows and problems', () => {
    const problems = [problem('check.failed', 'A check failed.')];
    const models = [
      outcome('failed', { problems }),
      outcome('built', { model: 'gold.a', rows: 1200, dropped: 3 }),
    ];
    const text = runReport(record({ status: 'failed', models }));
    assert.match(text, /^# Run 7: failed/);
    assert.match(text, /\| `gold\.a` \| built: its SQL changed \| 1,200, 3 dropped \| 12 ms \|/);
    assert.match(text, /## silver\.sales\n- A check failed\./);
  });
});
