import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ParseError, parse } from 'jsonc-parser';
import { createProject } from '../../../src/scaffold/newProject.js';
import { inTemporaryFolder } from './temporaryFolder.js';

const repository = fileURLToPath(new URL('../../../..', import.meta.url));
const read = (...path: readonly string[]) => readFileSync(join(repository, ...path), 'utf8');
const { version } = JSON.parse(read('package.json'));

/** The files of a new project whose name is a trap for every format. */
const inProject = (work: (read: (path: string) => string) => void) =>
  inTemporaryFolder(async (folder) => {
    const directory = join(folder, 'shop');
    await createProject({
      directory,
      packageDirectory: repository,
      name: 'Bob\'s "best" $HOME \\ shop: {a}',
      sampleData: false,
    });
    work((path) => readFileSync(join(directory, path), 'utf8'));
  });

describe('the dev container of a new project', () => {
  /** What devcontainer.json may say here, with the type of each value; the schema's other keys are not wanted. */
  const shape = {
    name: 'string',
    image: 'string',
    remoteUser: 'string',
    runArgs: ['string'],
    customizations: { vscode: { extensions: ['string'] } },
  };

  it('has the shape that its readers know', () =>
    inProject((file) => {
      const errors: ParseError[] = [];
      const value: unknown = parse(file('.devcontainer/devcontainer.json'), errors, {
        allowTrailingComma: false,
        disallowComments: false,
      });
      assert.deepEqual(errors, []);
      assert.deepEqual(shapeOf(value), shape);
    }));

  it('uses the image of this version, without its rights', () =>
    inProject((file) => {
      const { name, image, runArgs } = parse(file('.devcontainer/devcontainer.json'));
      assert.equal(name, 'Bob\'s "best" $HOME \\ shop: {a}');
      assert.equal(image, `ratatouille:${version}`);
      assert.deepEqual(runArgs, ['--cap-drop=ALL', '--security-opt=no-new-privileges']);
    }));
});

describe('compose.yaml', () => {
  const hardening = [
    /^ {4}user: "\$\{RATATOUILLE_UID:-1000\}:\$\{RATATOUILLE_GID:-1000\}"$/m,
    /^ {6}- "127\.0\.0\.1:\$\{RATATOUILLE_PORT:-8080\}:8080"$/m,
    /^ {4}read_only: true$/m,
    /^ {4}cap_drop: \[ALL\]$/m,
    /^ {4}security_opt: \["no-new-privileges:true"\]$/m,
    /^ {4}pids_limit: 1000$/m,
    /^ {4}mem_limit: "\$\{RATATOUILLE_MEMORY:-4g\}"$/m,
  ];

  it('is as tight in a new project as in the checkout', () =>
    inProject((file) => {
      for (const text of [file('compose.yaml'), read('compose.yaml')]) {
        for (const line of hardening) assert.match(text, line);
        assert.match(text, new RegExp(`^ {4}image: ratatouille:${version}$`, 'm'));
        assert.doesNotMatch(text, /privileged:|docker\.sock|network_mode|latest/);
      }
    }));

  it('has no password of its own', () => {
    for (const path of ['compose.yaml', 'templates/pos-sales/compose.yaml', 'devcontainer/Dockerfile']) {
      const given = read(path)
        .split('\n')
        .filter((line) => /password/i.test(line) && !line.startsWith('#'));
      assert.deepEqual(
        given.filter((line) => !/"\$\{RATATOUILLE_PASSWORD:-\}"/.test(line)),
        [],
      );
    }
  });
});

describe('the image', () => {
  it('can be made where no registry but npm and Debian is in reach', () => {
    const dockerfile = read('devcontainer', 'Dockerfile');
    assert.doesNotMatch(dockerfile, /^# syntax=/m);
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base = '']) => base);
    assert(
      bases.every((base) => base === 'editor' || /^\$\{BASE_IMAGE\}$/.test(base)),
      bases.join(),
    );
  });
});

describe('the Makefile of a new project', () => {
  it('is explained to who has no make', () =>
    inProject((file) => {
      const targets = [...file('Makefile').matchAll(/^([a-z]+):.*## /gm)].map(([, target]) => target);
      assert.deepEqual(targets.toSorted(), ['clean', 'down', 'help', 'image', 'query', 'run', 'test', 'up']);
      const explained = [...file('README.md').matchAll(/^\| `make ([a-z]+)/gm)].map(([, target]) => target);
      assert.deepEqual(explained.toSorted(), targets.filter((target) => target !== 'help').toSorted());
    }));
});

/** A value with its texts replaced by what they are: to compare shapes. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return [...new Set(value.map(shapeOf))];
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shapeOf(each)]));
}
