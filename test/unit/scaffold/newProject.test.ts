import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSettings } from '../../../src/project/settings.js';
import { ProblemError } from '../../../src/protocol/problem.js';
import type { ProblemCode } from '../../../src/protocol/problemCodes.js';
import { createProject, type NewProjectOptions } from '../../../src/scaffold/newProject.js';
import { generateSampleData } from '../../../src/scaffold/sampleData/generate.js';
import { fillFolder } from '../../../src/scaffold/targetFolder.js';
import { filesIn, inTemporaryFolder } from './temporaryFolder.js';

const packageDirectory = fileURLToPath(new URL('../../../..', import.meta.url));
const create = (directory: string, more: Partial<NewProjectOptions> = {}) =>
  createProject({ directory, packageDirectory, sampleData: false, ...more });
const nameIn = (directory: string) =>
  parseSettings(readFileSync(join(directory, 'ratatouille.json'), 'utf8')).name;

async function refuses(work: Promise<unknown>, code: ProblemCode): Promise<void> {
  await assert.rejects(work, (error) => {
    assert(error instanceof ProblemError, String(error));
    assert.equal(error.problem.code, code);
    return true;
  });
}

describe('a new project', () => {
  it('has everything that a run needs', () =>
    inTemporaryFolder(async (folder) => {
      await create(join(folder, 'shop'));
      assert.deepEqual(Object.keys(filesIn(join(folder, 'shop'))), [
        ...['.devcontainer/devcontainer.json', '.gitignore', 'Makefile', 'README.md', 'compose.yaml'],
        ...['contracts/pos_sales.json', 'contracts/products.json', 'contracts/stores.json'],
        ...['notebooks/01_getting_started.ratnb', 'notebooks/02_your_data.ratnb', 'ratatouille.json'],
      ]);
      assert.deepEqual(readdirSync(join(folder, 'shop/data')).sort(), [
        'bronze',
        'gold',
        'landing',
        'silver',
      ]);
      assert.deepEqual(readdirSync(folder), ['shop']);
    }));

  it('has the sample files in landing, and the truth about them beside it', () =>
    inTemporaryFolder(async (folder) => {
      await create(join(folder, 'shop'), { sampleData: true });
      const { 'truth.json': truth, ...files } = filesIn(join(packageDirectory, 'sample-data'));
      assert.deepEqual(filesIn(join(folder, 'shop/data/landing')), files);
      assert.equal(readFileSync(join(folder, 'shop/data/truth.json'), 'utf8'), truth);
    }));

  it('lets generate replace its sample files', () =>
    inTemporaryFolder(async (folder) => {
      await create(join(folder, 'shop'), { sampleData: true });
      const directory = join(folder, 'shop/data/landing');
      const { files } = await generateSampleData({ directory, rows: 90, seed: 1, days: 2 });
      assert.deepEqual(Object.keys(filesIn(directory)), files.map(({ path }) => path).sort());
    }));

  it('is called like its folder', () =>
    inTemporaryFolder(async (folder) => {
      await create(join(folder, 'corner shop'));
      assert.equal(nameIn(join(folder, 'corner shop')), 'corner shop');
    }));

  it('takes any line of text as its name', () =>
    inTemporaryFolder(async (folder) => {
      const names = [
        'Bob\'s "best" shop',
        '$& $1 {{name}} \\n',
        'Épicerie 東京 🐀',
        'a/b\\c',
        'x'.repeat(200),
      ];
      for (const [index, name] of names.entries()) {
        const directory = join(folder, String(index));
        await create(directory, { name });
        assert.equal(nameIn(directory), name);
        assert.equal(
          readFileSync(join(directory, 'README.md'), 'utf8').split('\n')[0]?.replace(/\\(.)/g, '$1'),
          `# ${name}`,
        );
      }
    }));

  it('has a title without needless backslashes', () =>
    inTemporaryFolder(async (folder) => {
      await create(join(folder, 'shop'), { name: 'my-first_shop (2026) *new* _x_' });
      assert.match(
        filesIn(folder)['shop/README.md'] ?? '',
        /^# my-first_shop \(2026\) \\\*new\\\* \\_x\\_\n/,
      );
    }));

  it('names its container by itself and by the version', () =>
    inTemporaryFolder(async (folder) => {
      const { version } = JSON.parse(readFileSync(join(packageDirectory, 'package.json'), 'utf8'));
      for (const [name, slug] of [
        ['Bob\'s "best" Épicerie: 2026', 'bob-s-best-epicerie-2026'],
        ['東京', 'project'],
      ] as const) {
        await create(join(folder, slug), { name });
        const compose = readFileSync(join(folder, slug, 'compose.yaml'), 'utf8');
        assert.match(compose, new RegExp(`^name: ratatouille-${slug}$`, 'm'));
        assert.match(compose, new RegExp(`image: ratatouille:${version}$`, 'm'));
        assert.doesNotMatch(compose, /\{\{/);
      }
    }));

  it('refuses a name that is no line of text', () =>
    inTemporaryFolder(async (folder) => {
      for (const name of ['', '  ', 'a\nb', 'a\u0000b', 'x'.repeat(201)]) {
        await refuses(create(join(folder, 'shop'), { name }), 'scaffold.name');
      }
      assert.deepEqual(readdirSync(folder), []);
    }));

  it('copes with odd folder names', () =>
    inTemporaryFolder(async (folder) => {
      for (const name of ["it's a 'shop'", 'ﬁlé 東京 🐀', '#50% [x]', '-rf', 'x'.repeat(150)]) {
        await create(join(folder, name));
        assert.equal(nameIn(join(folder, name)), name);
      }
    }));

  it('makes the folders above it', () =>
    inTemporaryFolder(async (folder) => {
      await create(join(folder, 'a/b/shop'));
      assert(existsSync(join(folder, 'a/b/shop/ratatouille.json')));
    }));

  it('fills an empty folder and keeps it', () =>
    inTemporaryFolder(async (folder) => {
      const before = statSync(folder).ino;
      await create(folder, { sampleData: true, name: 'shop' });
      assert.equal(statSync(folder).ino, before);
      assert.deepEqual(
        readdirSync(folder).filter((name) => name.startsWith('.')),
        ['.devcontainer', '.gitignore'],
      );
      assert(existsSync(join(folder, 'data/landing/stores.csv')));
    }));

  it('leaves a folder with anything in it alone', () =>
    inTemporaryFolder(async (folder) => {
      writeFileSync(join(folder, '.hidden'), 'mine');
      const before = [filesIn(folder), statSync(folder).mtimeMs];
      await refuses(create(folder, { name: 'shop' }), 'scaffold.not-empty');
      assert.deepEqual([filesIn(folder), statSync(folder).mtimeMs], before);
    }));

  it('leaves a file alone', () =>
    inTemporaryFolder(async (folder) => {
      writeFileSync(join(folder, 'shop'), 'mine');
      await refuses(create(join(folder, 'shop')), 'scaffold.not-empty');
      assert.deepEqual(filesIn(folder), { shop: 'mine' });
    }));

  it('names the templates when there is no such one', () =>
    inTemporaryFolder(async (folder) => {
      for (const template of ['none', '..', '../src', '']) {
        await refuses(create(join(folder, 'shop'), { template }), 'scaffold.template');
      }
    }));

  it('leaves nothing behind when sample files are missing', () =>
    inTemporaryFolder(async (folder) => {
      const broken = join(folder, 'package');
      mkdirSync(join(broken, 'templates/pos-sales'), { recursive: true });
      writeFileSync(join(broken, 'templates/pos-sales/a.md'), '# {{name}}');
      writeFileSync(join(broken, 'package.json'), '{ "version": "1.2.3" }');
      mkdirSync(join(folder, 'empty'));
      for (const target of ['new', 'deep/er/new', 'empty']) {
        await refuses(
          create(join(folder, target), { packageDirectory: broken, sampleData: true }),
          'scaffold.write',
        );
      }
      assert.deepEqual(readdirSync(folder).sort(), ['empty', 'package']);
      assert.deepEqual(readdirSync(join(folder, 'empty')), []);
    }));

  it('can be changed when the package is read-only', () =>
    inTemporaryFolder(async (folder) => {
      const template = join(folder, 'package/templates/pos-sales');
      mkdirSync(template, { recursive: true });
      writeFileSync(join(template, 'README.md'), '# {{name}}');
      writeFileSync(join(folder, 'package/package.json'), '{ "version": "1.2.3" }');
      chmodSync(join(template, 'README.md'), 0o444);
      await create(join(folder, 'shop'), { packageDirectory: join(folder, 'package') });
      assert(statSync(join(folder, 'shop/README.md')).mode & 0o200);
    }));
});

describe('filling a folder', () => {
  it('gives way to what arrives meanwhile', () =>
    inTemporaryFolder(async (folder) => {
      const arrive = async (built: string) => {
        writeFileSync(join(built, 'a'), 'ours');
        writeFileSync(join(folder, 'a'), 'mine');
      };
      await refuses(fillFolder(folder, arrive), 'scaffold.not-empty');
      assert.deepEqual(filesIn(folder), { a: 'mine' });
    }));

  it('gives way to a folder that arrives meanwhile', () =>
    inTemporaryFolder(async (folder) => {
      const arrive = async () => {
        mkdirSync(join(folder, 'shop'));
        writeFileSync(join(folder, 'shop/a'), 'mine');
      };
      await refuses(fillFolder(join(folder, 'shop'), arrive), 'scaffold.not-empty');
      assert.deepEqual(filesIn(folder), { 'shop/a': 'mine' });
    }));
});
