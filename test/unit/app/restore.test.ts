import assert from 'node:assert/strict';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openProject } from '../../../src/app/openProject.js';
import type { Project } from '../../../src/app/project.js';
import type { FileSystem } from '../../../src/lake/fileSystem.js';
import { nodeFileSystem } from '../../../src/lake/nodeFileSystem.js';
import type { RunEvent } from '../../../src/protocol/run.js';
import { plainFiles } from '../../support/generations.js';
import { endings, problemFrom, projectForEach, rows, runOnce } from './runs.js';

const table = (name: string, select: string): string => `CREATE TABLE ${name} AS ${select}`;

/** The files of the kept generations, the oldest first. */
function manifests(root: string): readonly string[] {
  const folder = join(root, '.ratatouille', 'manifests', 'prod');
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
}

describe('a removed table', () => {
  const project = projectForEach();

  beforeEach(async () => {
    for (const n of [1, 2]) {
      project().notebook('a', table('silver.old', `SELECT ${n} AS n`));
      await runOnce(project());
    }
    project().notebook('a', table('gold.other', 'SELECT 0 AS n'));
    await project().use((opened) => opened.clean({ orphans: true, dryRun: false }));
  });

  it('is brought back, and stays an orphan', () =>
    project().use(async (opened) => {
      const { table: name, version, rows: count, replaced, next } = await opened.restore('Silver.Old', {});
      assert.deepEqual([name, version, count, replaced], ['silver.old', 2, 1, undefined]);
      assert.deepEqual(next, { action: 'orphan', reason: 'no notebook builds it any more' });
      assert.deepEqual(await rows(opened, 'FROM silver.old'), [[2]]);
      assert.deepEqual(plainFiles(project().root), ['silver/old.parquet']);
      assert.deepEqual((await opened.plan({ select: [], fullRefresh: false })).orphans, ['silver.old']);
    }));

  it('is brought back at an earlier version', () =>
    project().use(async (opened) => {
      assert.equal((await opened.restore('silver.old', { version: 1 })).version, 1);
      assert.deepEqual(await rows(opened, 'FROM silver.old'), [[1]]);
      assert.deepEqual(await rows(opened, 'FROM silver.old AT (VERSION => 2)'), [[2]]);
    }));

  it('has its files through later runs', async () => {
    for (const n of [1, 2, 3]) {
      project().notebook('a', table('gold.other', `SELECT ${n} AS n`));
      await runOnce(project());
    }
    await project().use((opened) => opened.restore('silver.old', {}));
    project().notebook('a', table('gold.other', 'SELECT 4 AS n'));
    await runOnce(project());
    assert.deepEqual(await project().use((opened) => rows(opened, 'FROM silver.old')), [[2]]);
  });

  it('is left as it is by the run when its model is back', async () => {
    project().notebook('a', table('silver.old', 'SELECT 2 AS n'));
    const { next } = await project().use((opened) => opened.restore('silver.old', {}));
    assert.deepEqual(next, { action: 'skip', reason: 'unchanged since run 2' });
    assert.deepEqual(endings(await runOnce(project())), { 'silver.old': 'skipped: unchanged since run 2' });
  });

  it('is listed with its versions', () =>
    project().use(async (opened) => {
      const [kept, ...more] = (await opened.keptTables('silver.old')).tables;
      assert.deepEqual(more, []);
      assert.deepEqual(
        [kept?.name, kept?.removed, kept?.versions.map(({ version, current }) => `${version} ${current}`)],
        ['silver.old', true, ['2 false', '1 false']],
      );
    }));

  it('is restored past a manifest that can not be read, by its version alone', () =>
    project().use(async (opened) => {
      const [, second = ''] = manifests(project().root);
      writeFileSync(second, '');
      const { code, hint, cause } = await problemFrom(opened.restore('silver.old', {}));
      assert.deepEqual([code, /--version 1/.test(hint ?? '')], ['lake.damaged', true]);
      assert.match(cause ?? '', /00000002\.json can't be read/);
      const { version, problems } = await opened.restore('silver.old', { version: 1 });
      assert.deepEqual([version, problems.map(({ severity }) => severity)], [1, ['warning']]);
    }));

  it('that only a manifest knows that can not be read is no unknown table', () =>
    project().use(async (opened) => {
      for (const manifest of manifests(project().root).slice(0, 2)) writeFileSync(manifest, '{}');
      const { code, message } = await problemFrom(opened.restore('silver.old', {}));
      assert.match(
        `${code} ${message}`,
        /^lake\.damaged Whether anything of silver\.old is kept can't be told/,
      );
      const { problems } = await opened.status();
      assert.deepEqual(
        problems.map((each) => `${each.code} ${each.severity}`),
        ['lake.damaged warning', 'lake.damaged warning'],
      );
      assert.deepEqual((await opened.keptTables()).problems, problems);
    }));

  it('that was mistyped is suggested', () =>
    project().use(async (opened) => {
      for (const call of [opened.restore('silver.odl', {}), opened.keptTables('silver.odl')]) {
        const { code, hint } = await problemFrom(call);
        assert.deepEqual([code, hint], ['graph.unknown-table', 'Did you mean silver.old?']);
      }
      assert.deepEqual((await opened.status()).lastRun?.selection, ['clean'], 'no run was begun');
    }));

  it('of which nothing is left is told with its last run', async () => {
    const manifests = join(project().root, '.ratatouille', 'manifests', 'prod');
    for (const name of readdirSync(manifests).sort().slice(0, -1)) rmSync(join(manifests, name));
    const { code, message } = await project().use((opened) => problemFrom(opened.restore('silver.old', {})));
    assert.equal(code, 'restore.not-kept');
    assert.equal(message, 'Nothing of silver.old is kept any more; run 2 built it last.');
  });

  it('is restored by a run with a record', () =>
    project().use(async (opened) => {
      const { run: number, problems } = await opened.restore('silver.old', {});
      const { lastRun } = await opened.status();
      assert.deepEqual([number, problems], [4, []]);
      assert.deepEqual(
        [lastRun?.run, lastRun?.status, lastRun?.selection],
        [4, 'succeeded', ['restore', 'silver.old']],
      );
    }));
});

describe('a table that is there', () => {
  const project = projectForEach();

  beforeEach(async () => {
    for (const n of [1, 2, 3]) {
      project().notebook('a', table('silver.t', `SELECT ${n} AS n`), table('gold.g', 'FROM silver.t'));
      await runOnce(project());
    }
  });

  it('is rolled back, and its next run told', () =>
    project().use(async (opened) => {
      const { version, replaced, next } = await opened.restore('silver.t', { version: 1 });
      assert.deepEqual([version, replaced], [1, 3]);
      assert.deepEqual(next, { action: 'build', reason: 'its SQL changed' });
      assert.deepEqual(await rows(opened, 'FROM silver.t'), [[1]]);
    }));

  it('keeps what it was rolled back to with the SQL of then', async () => {
    project().notebook('a', table('silver.t', 'SELECT 1 AS n'), table('gold.g', 'FROM silver.t'));
    await project().use((opened) => opened.restore('silver.t', { version: 1 }));
    assert.deepEqual(endings(await runOnce(project())), {
      'silver.t': 'skipped: unchanged since run 1',
      'gold.g': 'built: silver.t has version 1 now, it was built from 3',
    });
  });

  it('needs a version that is kept and not current', () =>
    project().use(async (opened) => {
      const refusals: readonly (readonly [number | undefined, string, string])[] = [
        [undefined, 'restore.current', 'silver.t is there, at version 3.'],
        [3, 'restore.current', 'silver.t is there, at version 3.'],
        [9, 'restore.not-kept', 'Version 9 of silver.t is not kept.'],
      ];
      for (const [version, code, message] of refusals) {
        const options = version === undefined ? {} : { version };
        const found = await problemFrom(opened.restore('silver.t', options));
        assert.deepEqual([found.code, found.message], [code, message]);
        assert.match(found.hint ?? '', /Kept are: 2, 1/);
      }
    }));

  it('is listed with the version that is current', () =>
    project().use(async (opened) => {
      const { tables } = await opened.keptTables();
      assert.deepEqual(
        tables.map(({ name, versions }) => [name, versions.find(({ current }) => current)?.version]),
        [
          ['silver.t', 3],
          ['gold.g', 3],
        ],
      );
    }));

  it('is not changed by a call that is cancelled', async () => {
    project().notebook('a', table('gold.g', 'FROM silver.t'));
    const calls: readonly ((opened: Project, signal: AbortSignal) => Promise<unknown>)[] = [
      (opened, signal) => opened.restore('silver.t', { version: 1, signal }),
      (opened, signal) => opened.clean({ orphans: true, dryRun: false, signal }),
    ];
    for (const cancelled of calls) {
      const controller = new AbortController();
      // The run has its number then, and has changed nothing.
      const create = (path: string, text: string): Promise<void> => {
        if (path.includes('runs')) controller.abort();
        return nodeFileSystem.create(path, text);
      };
      const opened = await openProject(
        { directory: project().root },
        { fileSystem: { ...nodeFileSystem, create } },
      );
      await assert.rejects(cancelled(opened, controller.signal), { name: 'AbortError' });
      assert.deepEqual(await rows(opened, 'FROM silver.t'), [[3]]);
      assert.equal((await opened.status()).lastRun?.status, 'cancelled');
      await opened.close();
    }
  });

  it('is listed without what can’t be restored', () =>
    project().use(async (opened) => {
      const versions = join(project().root, '.ratatouille', 'versions', 'silver', 't');
      const [first = ''] = readdirSync(versions).filter((name) => name.startsWith('000001-'));
      rmSync(join(versions, first), { recursive: true });
      const [kept] = (await opened.keptTables('silver.t')).tables;
      assert.deepEqual(
        kept?.versions.map(({ version }) => version),
        [3, 2],
      );
    }));

  /** Opens it, and restores version 1 with a signal that `when` can abort. */
  async function restoreAborted(when: (abort: () => void) => Partial<FileSystem>) {
    const controller = new AbortController();
    const fileSystem = { ...nodeFileSystem, ...when(() => controller.abort()) };
    const opened = await openProject({ directory: project().root }, { fileSystem });
    try {
      const report = await opened.restore('silver.t', { version: 1, signal: controller.signal });
      return { report, status: (await opened.status()).lastRun?.status };
    } finally {
      await opened.close();
    }
  }

  it('is recorded as changed by a call that is cancelled after its commit', async () => {
    const { report, status } = await restoreAborted((abort) => ({
      link: async (from, to) => {
        await nodeFileSystem.link(from, to);
        if (to.includes('manifests')) abort();
      },
    }));
    assert.deepEqual([report.version, status], [1, 'succeeded']);
  });

  it('is restored though its next run can’t be told', async () => {
    let broken = false;
    const list = (path: string) =>
      broken ? Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' })) : nodeFileSystem.list(path);
    const opened = await openProject(
      { directory: project().root },
      { fileSystem: { ...nodeFileSystem, list } },
    );
    const onEvent = ({ kind }: RunEvent) => {
      broken ||= kind === 'finished';
    };
    const { version, next, problems } = await opened.restore('silver.t', { version: 1, onEvent });
    assert.deepEqual([version, next], [1, undefined]);
    assert.deepEqual(
      problems.map(({ code, severity }) => [code, severity]),
      [['lake.file-system', 'warning']],
    );
    broken = false;
    await opened.close();
  });

  it('that was never built has nothing to restore', async () => {
    project().notebook('a', table('silver.new', 'SELECT 1 AS n'));
    const found = await project().use((opened) => problemFrom(opened.restore('silver.new', {})));
    assert.equal(found.code, 'graph.never-built');
  });
});

describe('a table that was judged again', () => {
  const project = projectForEach();
  const select = 'SELECT unnest([1, 2]) AS n';

  it('is restored with the judgement that was its last', async () => {
    for (const cell of [
      `-- @check: n > 1 | warn\n${table('gold.t', select)}`,
      `-- @check: n > 0 | warn\n${table('gold.t', select)}`,
      table('gold.t', 'SELECT 3 AS n'),
    ]) {
      project().notebook('a', cell);
      await runOnce(project());
    }
    await project().use(async (opened) => {
      await opened.restore('gold.t', { version: 1 });
      const [status] = (await opened.status()).tables;
      assert.deepEqual([status?.version, status?.standing], [1, undefined]);
    });
  });
});

describe('a view that takes a table’s place', () => {
  const project = projectForEach();

  it('is not promised to be kept when the table is restored', async () => {
    for (const what of ['TABLE', 'VIEW']) {
      project().notebook('a', `CREATE ${what} gold.t AS SELECT 1 AS n`);
      await runOnce(project());
    }
    await project().use(async (opened) => {
      const { form, version, replaced } = await opened.restore('gold.t', { version: 1 });
      assert.deepEqual([form, version, replaced], ['table', 1, undefined]);
    });
    assert.equal((await runOnce(project())).models[0]?.version, 3);
  });
});

describe('a removed view', () => {
  const project = projectForEach();

  it('is brought back', async () => {
    project().notebook('a', 'CREATE VIEW silver.v AS SELECT 7 AS n');
    await runOnce(project());
    project().notebook('a');
    await project().use(async (opened) => {
      await opened.clean({ orphans: true, dryRun: false });
      assert.equal((await opened.restore('silver.v', {})).form, 'view');
      assert.deepEqual(await rows(opened, 'FROM silver.v'), [[7]]);
    });
  });
});
