import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProblemError, problem } from '../../../../src/protocol/problem.js';
import type { RunRecord } from '../../../../src/protocol/run.js';
import { call } from '../commandLine.js';
import { fakeProject, succeededRun } from '../fakeProject.js';

const failed: RunRecord = {
  ...succeededRun,
  status: 'failed',
  problems: [problem('sql.failed', 'It broke.')],
};

describe('ratatouille run --report', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ratatouille-reports-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('writes each report, in folders that it makes', async () => {
    const { code } = await reporting(['--report', 'out/run.xml', '--report', 'out/run.MD'], succeededRun);
    assert.equal(code, 0);
    assert.match(read('out/run.xml'), /<testsuite name="silver\.sales"/);
    assert.match(read('out/run.MD'), /^## ✅ Run 42 succeeded/);
  });

  it('writes it when the run fails', async () => {
    assert.equal((await reporting(['--report', 'run.md'], failed)).code, 1);
    assert.match(read('run.md'), /It broke/);
  });

  it('writes it when the run can’t begin', async () => {
    const busy = new ProblemError(problem('lake.busy', 'Somebody writes.'));
    assert.equal((await reporting(['--report', 'run.xml'], busy)).code, 3);
    assert.match(read('run.xml'), /type="lake\.busy"/);
  });

  it('runs nothing for another ending', async () => {
    const { code, stderr, began } = await reporting(['--report', 'run.html'], succeededRun);
    assert.deepEqual([code, began], [2, false]);
    assert.match(stderr, /run\.html is no report.*\n.*\.xml for JUnit, or in \.md/);
  });

  it('runs nothing for a file of the project', async () => {
    const { code, began } = await reporting(['--report', 'notebooks/a.md'], succeededRun);
    assert.deepEqual([code, began, existsSync(join(folder, 'notebooks'))], [2, false, false]);
  });

  for (const [record, exit] of [
    [succeededRun, 2],
    [failed, 1],
  ] as const) {
    it(`returns ${exit} where it can't be written and the run ${record.status}`, async () => {
      mkdirSync(join(folder, 'run.md'));
      const { code, stdout, stderr } = await reporting(['--report', 'run.md'], record);
      assert.equal(code, exit);
      assert.match(stderr, /run\.md can't be written: it is a folder/);
      assert.match(stdout, /Run 42/);
    });
  }

  it('says when the disk is full', async function () {
    if (!existsSync('/dev/full')) this.skip();
    symlinkSync('/dev/full', join(folder, 'full.md'));
    const { code, stderr } = await reporting(['--report', 'full.md'], succeededRun);
    assert.equal(code, 1);
    assert.match(stderr, /full\.md can't be written: there is no space left/);
    assert.match(stderr, /give --report a file on another disk/);
  });

  function read(name: string): string {
    return readFileSync(join(folder, name), 'utf8');
  }

  async function reporting(argv: readonly string[], ending: RunRecord | ProblemError) {
    let began = false;
    const { parts } = fakeProject({
      root: folder,
      run: async () => {
        began = true;
        if (ending instanceof Error) throw ending;
        return ending;
      },
    });
    return { ...(await call(['run', ...argv], { parts, directory: folder })), began };
  }
});
