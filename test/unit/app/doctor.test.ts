import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { examineProject } from '../../../src/app/doctor.js';
import type { DoctorReport } from '../../../src/protocol/doctor.js';
import type { ProblemError } from '../../../src/protocol/problem.js';
import { projectForEach, runOnce } from './runs.js';

describe('the examination of a project', () => {
  const project = projectForEach((temporary) => {
    temporary.write('data/landing/a.csv', 'n\n1\n2\n');
    temporary.notebook('a', "CREATE TABLE bronze.a AS FROM landing('a.csv');");
  });

  const examine = (repair = false): Promise<DoctorReport> =>
    examineProject({ directory: project().root, repair, quick: false });

  /** Findings as `kind weight`. */
  const found = ({ findings }: DoctorReport): readonly string[] =>
    findings.map(({ kind, weight }) => `${kind} ${weight}`);

  it('finds nothing where nothing is wrong, built or not', async () => {
    assert.deepEqual(found(await examine()), []);
    assert.equal(existsSync(join(project().root, '.ratatouille')), false);
    await runOnce(project());
    const report = await examine();
    assert.deepEqual([found(report), report.generation, report.read.files], [[], 1, 1]);
  });

  it('reads no bytes when it is to be quick', async () => {
    await runOnce(project());
    const report = await examineProject({ directory: project().root, repair: false, quick: true });
    assert.deepEqual(report.read, { files: 0, bytes: 0 });
  });

  it('needs no settings that can be read', async () => {
    await runOnce(project());
    project().write('ratatouille.json', '{ "name": ');
    rmSync(join(project().root, 'data/bronze/a.parquet'));
    const report = await examine();
    assert.deepEqual(found(report), ['settings fault', 'plain name fault']);
    assert.deepEqual(report.findings[0]?.place, { file: 'ratatouille.json', line: 1, column: 11 });
  });

  it('names notebooks and contracts that can not be read', async () => {
    await runOnce(project());
    project().write('notebooks/torn.ratnb', '-- ---\n-- ratatouille: 1\n');
    project().write('contracts/a.json', '{ "files": ');
    const report = await examine();
    assert.deepEqual(found(report), ['notebook fault', 'contract fault']);
    assert.match(report.findings[0]?.message ?? '', /^notebooks\/torn\.ratnb: /);
  });

  it('makes the landing folder anew, and puts no file there', async () => {
    rmSync(join(project().root, 'data/landing'), { recursive: true });
    assert.deepEqual(found(await examine()), ['landing fault']);
    const { findings, repaired } = await examine(true);
    assert.deepEqual([findings, repaired?.map(({ kind }) => kind)], [[], ['landing']]);
  });

  it('does not take a file for the landing folder', async () => {
    rmSync(join(project().root, 'data/landing'), { recursive: true });
    project().write('data/landing', 'mine');
    const report = await examine(true);
    assert.deepEqual([found(report), report.repaired], [['landing fault'], []]);
    assert.equal(readFileSync(join(project().root, 'data/landing'), 'utf8'), 'mine');
  });

  it('tells what a repair mended and what is left', async () => {
    await runOnce(project());
    const { root } = project();
    truncateSync(join(root, '.ratatouille/runs/prod/00000001.json'), 4);
    writeFileSync(join(root, 'notebooks/torn.ratnb'), '-- ---\n');
    const { findings, repaired, setAside } = await examine(true);
    assert.deepEqual(
      repaired?.map(({ kind }) => kind),
      ['run record'],
    );
    assert.deepEqual(
      findings.map(({ kind }) => kind),
      ['notebook'],
    );
    assert.match(setAside[0]?.to ?? '', /^\.ratatouille\/set-aside\/\w+-\w+\/runs\/prod\/00000001\.json$/);
  });

  it('works from any folder of a project, and of a project alone', async () => {
    mkdirSync(join(project().root, 'notebooks/deep'));
    const { root } = await examineProject({
      directory: join(project().root, 'notebooks/deep'),
      repair: false,
      quick: true,
    });
    assert.equal(root, project().root);
    const nowhere = examineProject({ directory: '/', repair: false, quick: true });
    await assert.rejects(nowhere, ({ problem }: ProblemError) => problem.code === 'project.missing');
  });

  it('stops when it is told to', async () => {
    await runOnce(project());
    const signal = AbortSignal.abort(new Error('enough'));
    const stopped = examineProject({ directory: project().root, repair: false, quick: false, signal });
    await assert.rejects(stopped, /enough/);
  });
});
