import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { offerCommandLine } from '../../../../src/extension/workspace/terminalPath.js';
import { repository } from '../../../rules/imports.js';

describe('the command line in a terminal', () => {
  it('is put on the path with its Node', () => {
    const changes: string[] = [];
    const variables = {
      replace: (name: string, value: string) => changes.push(`${name}=${value}`),
      prepend: (name: string, value: string) => changes.push(`${name}<${value}`),
    };
    offerCommandLine({ extensionPath: '/ext', environmentVariableCollection: variables as never });
    assert.deepEqual(changes, [
      `RATATOUILLE_NODE=${process.execPath}`,
      `PATH<${join('/ext', 'bin')}${delimiter}`,
    ]);
  });

  if (process.platform !== 'win32') {
    it('runs by its launcher from anywhere', () => {
      const env = {
        ...process.env,
        RATATOUILLE_NODE: process.execPath,
        PATH: `${join(repository, 'bin')}:${process.env.PATH}`,
      };
      const version = execFileSync('ratatouille', ['--version'], { cwd: tmpdir(), env, encoding: 'utf8' });
      assert.match(version, /\d+\.\d+\.\d+/);
    });
  }
});
