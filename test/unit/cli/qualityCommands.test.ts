import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CheckReport, QualityReport } from '../../../src/protocol/quality.js';
import { projectForEach } from '../app/runs.js';
import { parseXml } from './reports/parseXml.js';

const bin = fileURLToPath(new URL('../../../src/cli/bin.js', import.meta.url));
const table = (check: string) =>
  `-- @check: ${check}\nCREATE TABLE silver.s AS SELECT unnest([1, 2, 3]) AS id;`;

describe('data quality by the command', function () {
  // Several processes in a row start slowly on a machine that is busy.
  this.timeout(60_000);
  const project = projectForEach((temporary) => temporary.notebook('a', table('id > 0 | fail')));
  const command = (...argv: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...argv], {
      cwd: project().root,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };
  const report = (name: string) => readFileSync(join(project().root, name), 'utf8');

  it('is reported for CI, judged again and told over the runs', () => {
    assert.equal(command('run', '--report', 'run.xml', '--report', 'run.md').status, 0);
    const suites = parseXml(report('run.xml')).children;
    assert.deepEqual(
      suites.map(({ attributes: { name, tests, failures } }) => [name, tests, failures]),
      [['silver.s', '2', '0']],
    );
    assert.match(report('run.md'), /1 check holds for every row\./);

    project().notebook('a', table('id > 1 | fail'));
    const checked = command('check', '--json');
    assert.equal(checked.status, 1);
    assert.deepEqual((JSON.parse(checked.stdout) as CheckReport).tables[0]?.checks[0]?.failing?.rows, [[1]]);

    assert.equal(command('run', '--report', 'run.xml').status, 1);
    assert.match(report('run.xml'), /<failure message="1 row breaks it" type="check\.failed">/);
    const [told] = (JSON.parse(command('quality', '--json').stdout) as QualityReport).tables;
    assert.deepEqual(
      told?.checks.map(({ check, failures, trend }) => [check, failures, trend]),
      [
        ['id > 0', 0, [0, null]],
        ['id > 1', 1, [null, 1]],
      ],
    );
    assert.deepEqual(
      told?.runs.map(({ run, status }) => [run, status]),
      [
        [1, 'built'],
        [2, 'failed'],
      ],
    );
  });

  it('is refused for a report of another kind before anything runs', () => {
    const { status, stderr } = command('run', '--report', 'run.json');
    assert.deepEqual(
      [status, command('quality').stdout],
      [2, 'Nothing has been built yet; ratatouille run builds the tables.\n'],
    );
    assert.match(stderr, /^error cli\.usage: run\.json is no report/);
  });
});
