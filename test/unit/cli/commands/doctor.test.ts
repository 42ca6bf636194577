import assert from 'node:assert/strict';
import type { ExamineOptions } from '../../../../src/app/doctor.js';
import type { DoctorReport, Finding } from '../../../../src/protocol/doctor.js';
import { ProblemError, problem } from '../../../../src/protocol/problem.js';
import { call, startCall } from '../commandLine.js';

const damaged: Finding = {
  kind: 'current version',
  weight: 'fault',
  table: 'silver.sales',
  message: 'Version 3 of silver.sales is damaged: data.parquet is missing.',
  meaning: 'The next run builds silver.sales again.',
  repair: 'Marks the version.',
  hint: 'Build it now: ratatouille run silver.sales.',
};

const copies: Finding = {
  kind: 'folder',
  weight: 'note',
  message: 'This disk makes no hard links (EPERM).',
  meaning: 'Everything works by copies instead.',
};

const torn: Finding = {
  kind: 'newest manifest',
  weight: 'fault',
  place: { file: '.ratatouille/manifests/prod/00000007.json' },
  message: 'The manifest is cut.',
  meaning: 'Nothing can be read.',
  repair: 'Goes back to generation 6.',
};

const well: DoctorReport = {
  format: 1,
  root: '/lake',
  environment: 'prod',
  generation: 7,
  read: { files: 9, bytes: 1_234_567 },
  findings: [],
  setAside: [],
};

const asked: unknown[] = [];

function answering(report: DoctorReport) {
  const examineProject = async ({ directory, repair, quick }: ExamineOptions) => {
    asked.push({ directory, repair, quick });
    return report;
  };
  return { parts: { examineProject } };
}

describe('ratatouille doctor', () => {
  beforeEach(() => asked.splice(0));

  it('says that all is well', async () => {
    const { code, stdout } = await call(['doctor'], answering(well));
    assert.deepEqual(
      [code, stdout],
      [0, '✓ All is well. Generation 7 is whole. Every byte of 9 files was read (1.2 MB).\n'],
    );
  });

  it('returns 0 for notes alone', async () => {
    const { code, stdout } = await call(['doctor'], answering({ ...well, findings: [copies] }));
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^· This disk makes no hard links \(EPERM\)\. Everything works by copies instead\.\n✓ All/,
    );
  });

  it('says what is wrong, what it means and what to do', async () => {
    const { code, stdout } = await call(['doctor'], answering({ ...well, findings: [torn, damaged] }));
    assert.equal(code, 1);
    assert.equal(
      stdout,
      `✗ The manifest is cut.
  .ratatouille/manifests/prod/00000007.json
  Nothing can be read.
  doctor --repair: Goes back to generation 6.

✗ Version 3 of silver.sales is damaged: data.parquet is missing.
  The next run builds silver.sales again.
  doctor --repair: Marks the version.
  Build it now: ratatouille run silver.sales.

2 things are wrong. ratatouille doctor --repair mends all of them. Every byte of 9 files was read (1.2 MB).
`,
    );
  });

  it('says what was repaired, where what was in the way is, and what is left', async () => {
    const setAside = [{ from: 'a.json', to: '.ratatouille/set-aside/x/a.json' }];
    const report = { ...well, findings: [damaged], repaired: [torn], setAside };
    const { code, stdout } = await call(['doctor', '--repair', '--quick'], answering(report));
    assert.equal(code, 1);
    assert.match(
      stdout,
      /^✓ The manifest is cut\.\n {2}repaired: Goes back to generation 6\.\n {2}a\.json is now /,
    );
    assert.doesNotMatch(stdout, /doctor --repair/);
    assert.deepEqual(asked, [{ directory: process.cwd(), repair: true, quick: true }]);
  });

  it('prints its report as JSON', async () => {
    const report = { ...well, findings: [damaged] };
    const { code, stdout } = await call(['doctor', '--json'], answering(report));
    assert.deepEqual([code, JSON.parse(stdout)], [1, report]);
  });

  it('counts what is too much to read', async () => {
    const findings = Array.from({ length: 23 }, (_, n) => ({ ...torn, message: `Fault ${n}.` }));
    const { stdout } = await call(['doctor'], answering({ ...well, findings }));
    assert.match(stdout, /Fault 19\./);
    assert.doesNotMatch(stdout, /Fault 20\./);
    assert.match(stdout, /… and 3 more; --json has all of them\.\n23 things are wrong\./);
  });

  it('returns 2 for a wrong call and outside a project', async () => {
    assert.equal((await call(['doctor', '--mend'])).code, 2);
    const examineProject = () => Promise.reject(new ProblemError(problem('project.missing', 'None here.')));
    assert.equal((await call(['doctor'], { parts: { examineProject } })).code, 2);
  });

  it('ends by Ctrl-C with 130', async () => {
    let began = () => {};
    const begun = new Promise<void>((resolve) => {
      began = resolve;
    });
    const examineProject = ({ signal }: ExamineOptions) => {
      began();
      return new Promise<never>((_, reject) =>
        signal?.addEventListener('abort', () => reject(signal.reason)),
      );
    };
    const running = startCall(['doctor'], { parts: { examineProject } });
    await begun;
    running.interrupt();
    assert.equal((await running.result).code, 130);
  });
});
