import assert from 'node:assert/strict';
import type { CleanOptions } from '../../../../src/app/clean.js';
import { problem, warning } from '../../../../src/protocol/problem.js';
import type { CleanReport } from '../../../../src/protocol/status.js';
import { call } from '../commandLine.js';
import { fakeProject, smallPlan, smallStatus, succeededRun } from '../fakeProject.js';

const cleaned: CleanReport = {
  format: 1,
  dryRun: true,
  items: [{ kind: 'orphaned table', name: 'silver.sales' }],
  problems: [],
};

const reports = {
  plan: { ...smallPlan, orphans: ['gold.old'] },
  status: smallStatus,
  clean: cleaned,
} as const;

describe('the commands that report', () => {
  const { parts } = fakeProject({
    plan: async () => reports.plan,
    status: async () => reports.status,
    clean: async () => reports.clean,
  });

  for (const command of ['plan', 'status', 'clean'] as const) {
    it(`${command} prints its report as JSON`, async () => {
      const { code, stdout, stderr } = await call([command, '--json'], { parts });
      assert.deepEqual([code, stderr], [0, '']);
      assert.deepEqual(JSON.parse(stdout), reports[command]);
    });

    it(`${command} returns what its problems mean`, async () => {
      const broken = problem('notebook.unreadable', 'It has no end.', {
        place: { notebook: 'a.ratnb', line: 9 },
      });
      const withProblem = { ...reports[command], problems: [broken] };
      const answer = { [command]: async () => withProblem };
      const { code, stderr } = await call([command], { parts: fakeProject(answer).parts });
      assert.equal(code, 2);
      assert.equal(stderr, 'error notebook.unreadable: It has no end.\n  a.ratnb, line 9\n');
    });
  }

  it('plan tells each decision and its reason', async () => {
    const { stdout } = await call(['plan'], { parts });
    assert.match(
      stdout,
      /^skip +bronze\.sales +unchanged since run 41 +notebooks\/01_sales\.ratnb, cell 2$/m,
    );
    assert.match(stdout, /^build +silver\.sales +its SQL changed +notebooks\/01_sales\.ratnb, cell 3$/m);
    assert.match(stdout, /^2 models: 1 to build, 1 up to date$/m);
    assert.match(stdout, /gold\.old any more; clean --orphans/);
  });

  it('status tells of landing, tables and the last run', async () => {
    const { stdout } = await call(['status'], { parts });
    assert.match(stdout, /^landing {2}1 file, 1\.2 MB\n {2}sales\/2026-01-05\.csv {2}1\.2 MB$/m);
    assert.match(
      stdout,
      /^sales +· stale +1,204 +20\.5 kB +3 +41 +data\/silver\/sales\.parquet +its SQL changed$/m,
    );
    assert.match(stdout, /^Run 42 succeeded in 1\.5 s/m);
  });

  for (const [orphans, expected] of [
    [['gold.old'], '1 table is orphaned: no model builds gold.old any more; clean --orphans removes it.'],
    [
      ['gold.a', 'gold.b'],
      '2 tables are orphaned: no model builds gold.a, gold.b any more; clean --orphans removes them.',
    ],
  ] as const) {
    for (const entries of [smallPlan.entries, []]) {
      it(`plan tells of ${orphans.length} orphans and ${entries.length} models`, async () => {
        const { parts: left } = fakeProject({ plan: async () => ({ entries, orphans, problems: [] }) });
        assert.ok((await call(['plan'], { parts: left })).stdout.endsWith(`\n\n${expected}\n`));
      });
    }
  }

  it('plan knows of no orphan while a notebook is unreadable', async () => {
    const place = { notebook: 'notebooks/a.ratnb' };
    const problems = [problem('notebook.unreadable', 'It has no end.', { place })];
    const { parts: torn } = fakeProject({
      plan: async () => ({ ...smallPlan, orphans: ['gold.old'], problems }),
    });
    const { stdout } = await call(['plan'], { parts: torn });
    assert.match(stdout, /Whether a model still builds gold\.old is unknown while notebooks\/a\.ratnb can't/);
    assert.doesNotMatch(stdout, /clean --orphans/);
  });

  it('status tells an orphan from a table of which that is unknown', async () => {
    const [table] = smallStatus.tables;
    assert.ok(table);
    for (const state of ['orphaned', 'unknown'] as const) {
      const report = { ...smallStatus, tables: [{ ...table, state }] };
      const { parts: told } = fakeProject({ status: async () => report });
      assert.match((await call(['status'], { parts: told })).stdout, new RegExp(`^sales +· ${state} `, 'm'));
    }
  });

  it('plan returns 0 for warnings alone', async () => {
    const problems = [warning('graph.orphan', 'gold.old is an orphan.')];
    const { parts: warned } = fakeProject({ plan: async () => ({ ...smallPlan, problems }) });
    const { code, stderr } = await call(['plan'], { parts: warned });
    assert.deepEqual([code, stderr], [0, 'warning graph.orphan: gold.old is an orphan.\n']);
  });

  it('status counts the landing files it does not list', async () => {
    const landing = Array.from({ length: 300 }, (_, at) => ({ path: `${at}.csv`, bytes: 1000 }));
    const { parts: many } = fakeProject({ status: async () => ({ ...smallStatus, landing }) });
    assert.match(
      (await call(['status'], { parts: many })).stdout,
      /300 files, 300 kB\n[\s\S]*… and 290 more files\n/,
    );
  });

  for (const [status, expected] of [
    ['cancelled', 'Run 42 cancelled in 1.5 s, started'],
    ['running', 'Run 42 goes on, started'],
    ['interrupted', 'Run 42 was interrupted, started'],
  ] as const) {
    it(`status tells of a last run that is ${status}`, async () => {
      const lastRun = { ...succeededRun, status };
      const { parts: after } = fakeProject({ status: async () => ({ ...smallStatus, lastRun }) });
      assert.ok((await call(['status'], { parts: after })).stdout.includes(expected));
    });
  }

  it('status tells who writes', async () => {
    const writer = 'process 7 on box';
    const { parts: busy } = fakeProject({ status: async () => ({ ...smallStatus, writer }) });
    assert.match((await call(['status'], { parts: busy })).stdout, /Now being written by process 7 on box\./);
  });

  it('clean says what it would remove, or how to have it back', async () => {
    const dry = await call(['clean', '--dry-run'], { parts });
    assert.equal(dry.stdout, 'Would remove 1 orphaned table: silver.sales.\n');
    const { parts: removing } = fakeProject({ clean: async () => ({ ...cleaned, dryRun: false }) });
    const { stdout } = await call(['clean', '--orphans'], { parts: removing });
    assert.match(stdout, /^Removed 1 orphaned table: silver\.sales\.\n.*ratatouille restore silver\.sales /);
  });

  it('clean passes its options on', async () => {
    const seen: unknown[] = [];
    const clean = async ({ orphans, dryRun }: CleanOptions) => {
      seen.push({ orphans, dryRun });
      return cleaned;
    };
    const { parts: asked } = fakeProject({ clean });
    await call(['clean', '--orphans'], { parts: asked });
    await call(['clean', '--dry-run'], { parts: asked });
    assert.deepEqual(seen, [
      { orphans: true, dryRun: false },
      { orphans: false, dryRun: true },
    ]);
  });
});
