import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildImage } from '../../../../src/cli/image/docker.js';
import type { Terminal } from '../../../../src/cli/terminal.js';
import { problemFrom } from '../../app/runs.js';
import { call } from '../commandLine.js';

describe('image build', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'ratatouille-docker-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  /** A program that is called docker and does what a test wants. */
  const docker = (script: string) => {
    writeFileSync(join(directory, 'docker'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return { PATH: `${directory}:/usr/bin:/bin` };
  };

  it('says that there is no Docker', async () => {
    const { code, stderr } = await call(['image', 'build'], { env: { PATH: directory }, directory });
    assert.equal(code, 2);
    assert.match(stderr, /^error image\.docker: There is no program docker[\s\S]*try: Install Docker/);
  });

  it('says that Docker does not answer', async () => {
    const env = docker('echo "Cannot connect to the Docker daemon" >&2; exit 1');
    const { code, stderr } = await call(['image', 'build'], { env, directory });
    assert.equal(code, 2);
    assert.match(stderr, /does not answer\.\n {2}cause: Cannot connect[\s\S]*try: Start Docker/);
  });

  it('says that it is not made for this processor', async () => {
    const { code, stderr } = await call(['image', 'build'], { env: docker('echo s390x'), directory });
    assert.equal(code, 2);
    assert.match(stderr, /the processor s390x/);
  });

  it('says why Docker gave up', async () => {
    const env = docker('echo "#7 1.2 npm error code EAI_AGAIN"; echo "ERROR: failed to solve" >&2; exit 1');
    const told: string[] = [];
    const request = {
      terminal: { env, directory } as unknown as Terminal,
      signal: new AbortController().signal,
      onText: (text: string) => void told.push(text),
    };
    const { code, cause } = await problemFrom(buildImage(request, ['.']));
    assert.deepEqual([code, cause], ['image.build', 'npm error code EAI_AGAIN']);
    assert.match(told.join(''), /failed to solve/);
  });

  it('can do nothing else', async () => {
    const { code, stderr } = await call(['image', 'bake'], { directory });
    assert.equal(code, 2);
    assert.match(stderr, /Allowed choices are build/);
  });
});
