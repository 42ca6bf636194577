import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stageExtension } from '../../../../src/cli/image/stageExtension.js';
import { problemFrom } from '../../app/runs.js';

describe('the extension for the image', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'ratatouille-image-'));
    mkdirSync(join(root, 'staged'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, 'package', path)), { recursive: true });
    writeFileSync(join(root, 'package', path), text);
  };
  const stage = () =>
    stageExtension(join(root, 'package'), join(root, 'staged'), { version: '1.2.3', processor: 'arm64' });
  const staged = () => (readdirSync(join(root, 'staged/vsix'), { recursive: true }) as string[]).sort();

  it('is the package for Docker’s processor', async () => {
    write('dist/ratatouille-linux-arm64-1.2.3.vsix', 'right');
    write('dist/ratatouille-linux-x64-1.2.3.vsix', 'wrong');
    await stage();
    assert.deepEqual(staged(), ['ratatouille.vsix']);
    assert.equal(readFileSync(join(root, 'staged/vsix/ratatouille.vsix'), 'utf8'), 'right');
  });

  it('is the installed extension itself', async () => {
    write('.vsixmanifest', '<Identity Id="ratatouille" TargetPlatform="darwin-arm64" />');
    write('dist/cli.cjs', 'cli');
    write('dist/cli.cjs.map', 'map');
    await stage();
    const files = [
      '[Content_Types].xml',
      'extension',
      'extension.vsixmanifest',
      'extension/dist',
      'extension/dist/cli.cjs',
    ];
    assert.deepEqual(staged(), files);
    assert.match(
      readFileSync(join(root, 'staged/vsix/extension.vsixmanifest'), 'utf8'),
      /TargetPlatform="linux-arm64"/,
    );
  });

  it('is asked for where it was not packaged', async () => {
    write('dist/ratatouille-linux-x64-1.2.3.vsix', 'wrong');
    const { code, hint } = await problemFrom(stage());
    assert.deepEqual([code, hint], ['image.package', 'Make it: npm run package -- --target linux-arm64']);
  });
});
