// Packs the extension for one platform: node scripts/package.mjs [--target linux-x64] [--out FILE]
// Expects what scripts/bundle.mjs writes to dist/; makes dist/ratatouille-<target>-<version>.vsix.
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';

/** vsce's name of a platform → the engine's. */
const bindingNames = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'alpine-x64': 'linux-x64-musl',
  'alpine-arm64': 'linux-arm64-musl',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'win32-x64',
  'win32-arm64': 'win32-arm64',
};

const bundles = [
  'extension.cjs',
  'cli.cjs',
  'renderer.js',
  'chart.js',
  'preview.js',
  'quality.js',
  'inspection.js',
  'schemas',
  'node',
];
const folders = ['bin', 'media', 'walkthroughs', 'templates', 'sample-data', 'devcontainer'];
const documents = ['README.md', 'CHANGELOG.md', 'LICENSE'];

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({
  options: {
    target: { type: 'string', default: `${process.platform}-${process.arch}` },
    out: { type: 'string' },
  },
});
await packageExtension(values.target, values.out);

async function packageExtension(target, out) {
  const binding = bindingNames[target];
  if (binding === undefined) {
    throw new Error(
      `There is no engine for “${target}”; choose one of ${Object.keys(bindingNames).join(', ')}.`,
    );
  }
  const staging = mkdtempSync(join(tmpdir(), 'ratatouille-package-'));
  try {
    const manifest = stageExtension(staging);
    stageBinding(staging, binding, manifest.dependencies['@duckdb/node-api']);
    const vsix = resolve(out ?? join(root, 'dist', `ratatouille-${target}-${manifest.version}.vsix`));
    await createVSIX({
      cwd: staging,
      packagePath: vsix,
      target,
      dependencies: false,
      allowMissingRepository: true,
      rewriteRelativeLinks: false,
    });
    checkSize(vsix, target);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Copies what the extension needs at run time, and nothing else of the repository. */
function stageExtension(staging) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { scripts, dependencies, devDependencies, bin, private: _, ...published } = manifest;
  writeFileSync(join(staging, 'package.json'), JSON.stringify(published, null, 2));
  writeFileSync(join(staging, '.vscodeignore'), '**/*.map\n');
  for (const name of bundles) {
    const bundle = join(root, 'dist', name);
    if (!existsSync(bundle)) throw new Error(`dist/${name} is missing: run \`npm run build\` first.`);
    cpSync(bundle, join(staging, 'dist', name), { recursive: true });
  }
  for (const name of [...folders, ...documents]) {
    if (existsSync(join(root, name))) cpSync(join(root, name), join(staging, name), { recursive: true });
  }
  return manifest;
}

/** Puts the engine's library beside the kernel, where its `require` finds it. */
function stageBinding(staging, binding, version) {
  const name = `@duckdb/node-bindings-${binding}`;
  const destination = join(staging, 'dist', 'node_modules', name);
  mkdirSync(destination, { recursive: true });
  const installed = join(root, 'node_modules', name);
  if (existsSync(installed)) cpSync(installed, destination, { recursive: true });
  else downloadBinding(`${name}@${version}`, destination);
}

/** npm installs the binding of this machine alone; another platform's is packed from the registry. */
function downloadBinding(specifier, destination) {
  const folder = mkdtempSync(join(tmpdir(), 'ratatouille-binding-'));
  const shell = process.platform === 'win32';
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', specifier], { cwd: folder, encoding: 'utf8', shell }),
  );
  execFileSync('tar', ['-xzf', filename, '-C', destination, '--strip-components=1'], { cwd: folder });
  rmSync(folder, { recursive: true, force: true });
}

/** A package that grew has packed something it should not; DuckDB's library for macOS serves two processors. */
function checkSize(vsix, target) {
  const limit = target.startsWith('darwin') ? 40 : 25;
  const megabytes = statSync(vsix).size / 2 ** 20;
  console.log(`${vsix}: ${megabytes.toFixed(1)} MB`);
  if (megabytes > limit) throw new Error(`The package is larger than ${limit} MB.`);
}
