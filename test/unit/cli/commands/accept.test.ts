import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type TemporaryProject, temporaryProject } from '../../../support/temporaryProject.js';

const bin = fileURLToPath(new URL('../../../../src/cli/bin.js', import.meta.url));
const contract = `{
  "format": 1,
  "files": "t/*.csv",
  "columns": [
    { "name": "id", "type": "BIGINT" }, // of the till
    { "name": "price", "type": "DOUBLE" }
  ]
}
`;

describe('accept', function () {
  // A process starts slowly on a machine that is busy.
  this.timeout(60_000);
  let project: TemporaryProject;
  beforeEach(() => {
    project = temporaryProject();
    project.write('contracts/t.json', contract);
    project.write('data/landing/t/a.csv', 'id,price\n1,1.5\n');
    project.write('data/landing/t/b.csv', 'id,prices,code\n2,2.5,7\n');
    project.notebook('n', "CREATE TABLE bronze.t AS SELECT * FROM landing('t/*.csv')");
  });
  afterEach(() => project.remove());

  const call = (...argv: readonly string[]) =>
    spawnSync(process.execPath, [bin, ...argv], { cwd: project.root, encoding: 'utf8' });
  const written = () => readFileSync(join(project.root, 'contracts', 't.json'), 'utf8');

  it('mends a run that stopped, by the command that it told', () => {
    const { status, stdout, stderr } = call('run');
    assert.equal(status, 1);
    const told = stdout + stderr;
    assert.match(told, /1 of 2 files differs from contracts\/t\.json/);
    assert.match(told, /ratatouille accept "t\/\*\.csv"/);
    assert.equal(call('accept', 't/*.csv', '--yes').status, 0);
    const columns = [
      '    { "name": "id", "type": "BIGINT" }, // of the till',
      '    { "name": "price", "type": "DOUBLE", "alsoNamed": ["prices"] },',
      '    { "name": "code", "type": "BIGINT", "optional": true }',
    ];
    assert.ok(written().includes(columns.join('\n')));
    assert.equal(call('run').status, 0);
    const query = call('query', 'SELECT id, price, code FROM bronze.t ORDER BY id', '--format', 'csv');
    assert.equal(query.stdout.trim().replaceAll('\r', ''), 'id,price,code\n1,1.5,\n2,2.5,7');
  });

  it('shows what it would write, and writes nothing unless it is told to', () => {
    const { status, stderr } = call('accept', join('data', 'landing', 't', 'b.csv'));
    assert.equal(status, 2);
    assert.match(stderr, /\+ {5}\{ "name": "code", "type": "BIGINT", "optional": true \}/);
    assert.match(stderr, /call it again with --yes/);
    assert.equal(written(), contract);
  });

  it('leaves a column out, casts another and takes a name for a new column', () => {
    const casts = ['--cast', 'id=VARCHAR', '--cast', 'prices=varchar'];
    const options = ['--ignore', 'code', ...casts, '--new', 'prices', '--yes', '--json'];
    const { status, stdout } = call('accept', 't/*.csv', ...options);
    assert.equal(status, 0);
    const { version, accepted } = JSON.parse(stdout);
    assert.equal(version, 1);
    assert.deepEqual(
      accepted.map((change: { kind: string; column: string }) => `${change.kind} ${change.column}`).sort(),
      ['add column prices', 'ignore code', 'make optional price', 'set type id'],
    );
    assert.equal(call('run').status, 0);
  });

  it('refuses a type that a value does not have', () => {
    const { status, stderr } = call('accept', 't/*.csv', '--cast', 'price=BIGINT', '--yes');
    assert.equal(status, 1);
    assert.match(stderr, /price can not be read as BIGINT: data\/landing\/t\/a\.csv has "1\.5"/);
    assert.equal(written(), contract);
  });

  it('refuses wishes and files that it does not know', () => {
    const unknown = call('accept', 't/*.csv', '--ignore', 'cod', '--yes');
    assert.match(unknown.stderr, /--ignore cod: no new column of the files is called so\.[\s\S]*prices/);
    const nothing = call('accept', 'u/*.csv');
    assert.match(nothing.stderr, /u\/\*\.csv is neither the pattern of a contract nor a file/);
    assert.deepEqual([unknown.status, nothing.status], [2, 2]);
  });
});
