import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import { problem, warning } from '../../../../src/protocol/problem.js';
import type { CheckReport, QualityReport, TableQuality } from '../../../../src/protocol/quality.js';
import { call } from '../commandLine.js';
import { fakeProject } from '../fakeProject.js';

const table: TableQuality = {
  name: 'silver.sales',
  layer: 'silver',
  published: {
    version: 3,
    run: 41,
    at: '2026-01-05T08:00:00.000Z',
    rows: 1204,
    rejected: 0,
    quarantined: 12,
    equation: { in: 1216, out: 1204, quarantined: 12, holds: true },
  },
  checks: [
    { check: 'quantity <> 0', action: 'drop', failures: 12, judgedIn: 41, trend: [0, 3, 12] },
    { check: 'unique(id)', action: 'fail', failures: 0, judgedIn: 41, trend: [null, 0, 0] },
  ],
  sources: [{ pattern: 'sales/*.csv', contract: 'contracts/sales.json' }],
  runs: [38, 40, 41].map((run) => ({
    run,
    startedAt: '',
    status: 'built',
    rejected: 0,
    quarantined: run - 29,
  })),
};
const report: QualityReport = { version: 1, project: 'Sales', environment: 'prod', tables: [table] };

const failing = {
  columns: [
    { name: 'note', type: 'VARCHAR' },
    { name: 'id', type: 'BIGINT' },
  ],
  rows: [['x', 0]],
};
const checked: CheckReport = {
  version: 1,
  tables: [
    {
      name: 'silver.sales',
      version: 3,
      run: 41,
      rows: 1204,
      checks: [{ check: 'id > 0', action: 'fail', failures: 3, failing }],
      passed: ['unique(id)'],
    },
  ],
  withoutChecks: ['gold.daily'],
  problems: [problem('check.failed', 'silver.sales: the check id > 0 fails for 3 rows.')],
};

describe('ratatouille quality', () => {
  it('shows each check over the runs', async () => {
    const { code, stdout } = await qualityOf(report);
    assert.equal(code, 0);
    assert.deepEqual(stdout.split('\n').slice(2), [
      '! silver.sales  1,204 rows, version 3 of run 41, 2026-01-05 08:00 UTC',
      '  1,216 in = 1,204 out + 12 quarantined',
      "  landing('sales/*.csv') under contracts/sales.json, which allows no rejected record",
      '  check             does  rows  runs 38–41',
      '  ────────────────  ────  ────  ────────────────',
      '  quantity <> 0     drop    12  ▁▃█ ↑  0, 3, 12',
      '  unique(id)        fail     0   ▁▁ →  –, 0, 0',
      '  quarantined rows          12  ▆▇█ ↑  9, 11, 12',
      '',
    ]);
  });

  it('says it in numbers where a terminal has no such signs', async () => {
    const { stdout } = await qualityOf(report, [], { columns: 100, env: { LANG: 'C' } });
    assert.match(stripVTControlCharacters(stdout), /quantity <> 0 +drop +12 {2}0, 3, 12\n/);
  });

  it('tells of a run that failed since', async () => {
    const last = {
      run: 43,
      startedAt: '',
      status: 'failed' as const,
      reason: 'It broke.',
      rejected: 0,
      quarantined: 0,
    };
    const { stdout } = await qualityOf({ ...report, tables: [{ ...table, runs: [...table.runs, last] }] });
    assert.match(stdout, /\n✗ silver\.sales .*\n {2}run 43 failed: It broke\.\n/);
  });

  it('prints the report and passes on what is asked for', async () => {
    const { stdout, asked } = await qualityOf(report, ['silver.sales', '--runs', '3', '--json']);
    assert.deepEqual(JSON.parse(stdout), report);
    assert.deepEqual(asked, { tables: ['silver.sales'], runs: 3 });
  });

  it('says what to do before the first run', async () => {
    assert.match(
      (await qualityOf({ ...report, tables: [] })).stdout,
      /^Nothing has been built yet; ratatouille run/,
    );
  });
});

describe('ratatouille check', () => {
  it('shows each check with the first rows that break it', async () => {
    const { code, stdout, stderr } = await checkOf(checked);
    assert.deepEqual([code, stderr], [1, '']);
    assert.deepEqual(stdout.split('\n'), [
      'silver.sales  1,204 rows of run 41',
      '  ✗ id > 0 | fail  3 rows break it',
      '      id  note',
      '      ──  ────',
      '       0  x',
      '      the first 1 of 3 rows',
      '  ✓ unique(id)',
      '',
      '1 check holds, 0 warn, 1 fail; nothing was built.',
      '1 table has no check: gold.daily.',
      '',
    ]);
  });

  it('returns 0 where checks only warn', async () => {
    const problems = [warning('check.warned', 'Some rows.')];
    assert.equal((await checkOf({ ...checked, problems })).code, 0);
  });

  it('tells on standard error what could not be judged', async () => {
    const { code, stdout, stderr } = await checkOf({
      ...checked,
      problems: [problem('notebook.declaration', 'No x.')],
    });
    assert.equal(code, 2);
    assert.match(stderr, /^error notebook\.declaration: No x\./);
    assert.match(stdout, /\n1 problem kept checks from being judged\.\n/);
  });

  it('prints the report for a program', async () => {
    assert.deepEqual(JSON.parse((await checkOf(checked, ['--json'])).stdout), checked);
  });
});

async function qualityOf(answer: QualityReport, argv: readonly string[] = [], options = {}) {
  let asked: unknown;
  const { parts } = fakeProject({
    quality: async (wanted) => {
      asked = wanted;
      return answer;
    },
  });
  return { ...(await call(['quality', ...argv], { parts, ...options })), asked };
}

function checkOf(answer: CheckReport, argv: readonly string[] = []) {
  return call(['check', ...argv], { parts: fakeProject({ check: async () => answer }).parts });
}
