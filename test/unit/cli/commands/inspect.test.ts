import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FileInspection } from '../../../../src/protocol/inspection.js';
import { type TemporaryProject, temporaryProject } from '../../../support/temporaryProject.js';
import { call } from '../commandLine.js';

const bin = fileURLToPath(new URL('../../../../src/cli/bin.js', import.meta.url));

describe('ratatouille inspect', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'ratatouille-inspect-'));
    writeFileSync(join(directory, 'good.csv'), 'id,name\n1,a\n2,b\n');
    writeFileSync(join(directory, 'bad.csv'), 'id,name\n1,a\n2,b,c\n');
  });
  afterEach(() => rmSync(directory, { recursive: true, maxRetries: 5 }));

  it('tells of a good file and returns 0', async () => {
    const { code, stdout, stderr } = await call(['inspect', 'good.csv'], { directory });
    assert.equal(code, 0);
    assert.equal(stderr, '');
    assert.match(stdout, /^good\.csv\n {2}size {7}16 bytes\n/);
    assert.match(stdout, /\nid {6}BIGINT {5}2 .*1 … 2\n/);
    assert.match(stdout, /"name": "id", "type": "BIGINT"/);
    assert.match(stdout, /✓ It reads well as it is\.\n$/);
  });

  it('tells of a bad one and returns 1', async () => {
    const { code, stdout } = await call(['inspect', 'bad.csv'], {
      directory,
      columns: 80,
      env: { NO_COLOR: '1' },
    });
    assert.equal(code, 1);
    assert.match(stdout, /\n {3}3 {4}12 {2}3 fields, not 2 {2}2,b,c\n/);
    assert.ok(
      stdout.split('\n').every((line) => line.length <= 80),
      stdout,
    );
  });

  it('keeps escape sequences of a file from the terminal', async () => {
    writeFileSync(join(directory, 'evil.csv'), 'id,na\u001b[2Jme\n1,\u001b[31ma\n2\n');
    const { stdout } = await call(['inspect', 'evil.csv'], { directory });
    assert.ok(!stdout.includes('\u001b'), JSON.stringify(stdout));
  });

  for (const [what, name] of [
    ['is not there', 'none.csv'],
    ['is a folder', '.'],
  ]) {
    it(`returns 2 for a file that ${what}`, async () => {
      const { code, stderr } = await call(['inspect', name ?? ''], { directory });
      assert.equal(code, 2);
      assert.match(stderr, /^error data\.(missing|folder): /);
    });
  }

  it('prints one JSON document as a process', () => {
    const argv = [bin, 'inspect', 'bad.csv', '--json'];
    const { status, stdout, stderr } = spawnSync(process.execPath, argv, {
      cwd: directory,
      encoding: 'utf8',
    });
    const inspection = JSON.parse(stdout) as FileInspection;
    assert.deepEqual([status, stderr], [1, '']);
    assert.deepEqual(inspection.suspects.first[0]?.byte, 12);
    assert.equal(inspection.version, 1);
  }).timeout(30_000);

  it('says early what the beginning of a long file holds', async () => {
    writeFileSync(join(directory, 'long.csv'), `id,name\n${'1234567,some name\n'.repeat(300_000)}`);
    const { code, stderr } = await call(['inspect', 'long.csv'], { directory });
    assert.deepEqual(
      [code, stderr],
      [0, 'The first 2.1 MB: 2 columns; 0 suspect lines. Reading the rest.\n'],
    );
  });
});

describe('ratatouille inspect in a project', () => {
  let project: TemporaryProject;
  beforeEach(() => {
    project = temporaryProject();
    project.write('data/landing/sales/a.csv', 'id,amount\n1,2.5\n2,x\n');
  });
  afterEach(() => project.remove());

  const contract = (files: string, type = 'DOUBLE') =>
    JSON.stringify({
      format: 1,
      files,
      columns: [
        { name: 'id', type: 'BIGINT' },
        { name: 'amount', type },
      ],
    });
  const inspected = async (...argv: string[]) => {
    const { code, stdout } = await call(['inspect', 'data/landing/sales/a.csv', '--json', ...argv], {
      directory: project.root,
    });
    return { code, inspection: JSON.parse(stdout) as FileInspection };
  };

  it('holds a landing file against its contract', async () => {
    project.write('contracts/sales.json', contract('sales/*.csv'));
    const { code, inspection } = await inspected();
    assert.deepEqual(
      [code, inspection.landingPath, inspection.contract.path],
      [1, 'sales/a.csv', 'contracts/sales.json'],
    );
    assert.match(
      inspection.contract.differences[0]?.message ?? '',
      /^amount: 1 value is no DOUBLE, the first on line 3: x/,
    );
  });

  it('proposes the contract of a landing file that has none', async () => {
    const { code, inspection } = await inspected();
    assert.equal(code, 0);
    assert.match(inspection.contract.proposed ?? '', /"files": "sales\/\*\.csv"/);
  });

  it('takes the contract that is named', async () => {
    project.write('other.json', contract('*.csv', 'VARCHAR'));
    const { code, inspection } = await inspected('--contract', 'other.json');
    assert.deepEqual([code, inspection.contract.differences], [0, []]);
  });

  it('tells of two contracts for one file', async () => {
    project.write('contracts/sales.json', contract('sales/*.csv'));
    project.write('contracts/all.json', contract('*/*.csv'));
    const { code, inspection } = await inspected();
    assert.equal(code, 1);
    assert.match(
      inspection.findings[0]?.message ?? '',
      /under two contracts, contracts\/all\.json and contracts\/sales\.json/,
    );
  });

  it('returns 2 for a contract that can not be read', async () => {
    project.write('broken.json', '{');
    const argv = ['inspect', 'data/landing/sales/a.csv', '--contract', 'broken.json'];
    const { code, stderr } = await call(argv, { directory: project.root });
    assert.equal(code, 2);
    assert.match(stderr, /^error landing\.contract: /);
  });
});
