import assert from 'node:assert/strict';
import path from 'node:path';
import { attempt, repository, run } from './commands.js';
import { personsProject, removeProject } from './project.js';
import { Stopwatch } from './stopwatch.js';

const devcontainer = path.join(repository, 'node_modules/@devcontainers/cli/devcontainer.js');

describe('reopening a project in its container', () => {
  let stopwatch: Stopwatch;
  let project: string;
  let container: string | undefined;

  before(async () => {
    stopwatch = new Stopwatch();
    project = await personsProject('Corner Shop');
  });
  after(async () => {
    if (container !== undefined) await attempt('docker', ['rm', '--force', container]);
    removeProject(project);
    stopwatch.print();
  });

  const cli = (command: string, ...args: readonly string[]) =>
    run(process.execPath, [devcontainer, command, '--workspace-folder', project, ...args]);

  it('starts it', async () => {
    const output = await cli('up');
    const { outcome, containerId } = JSON.parse(output.trim().split('\n').at(-1) ?? '');
    container = containerId;
    stopwatch.lap('devcontainer up');
    assert.equal(outcome, 'success');
  });

  it('builds the project inside, as the person', async () => {
    const output = await cli('exec', 'sh', '-c', 'id -un; ratatouille run 2>&1; ls -l data/gold');
    stopwatch.lap('run inside');
    assert.match(output, /^ratatouille$/m);
    assert.match(output, /9 built, 0 skipped, 0 failed/);
    assert.match(output, /daily_sales\.parquet/);
  });

  it('has the package for the editor that comes in', async () => {
    await cli('exec', 'test', '-r', '/opt/ratatouille/ratatouille.vsix');
  });
});
