// Bundles what people run: the command line and the kernel (which share chunks), the extension, the renderer.
import { rmSync } from 'node:fs';
import { build } from 'esbuild';

const shared = {
  bundle: true,
  sourcemap: true,
  legalComments: 'none',
  logLevel: 'warning',
  minifySyntax: true,
  // jsonc-parser's UMD build hides its parts from bundlers; its ES modules do not.
  mainFields: ['module', 'main'],
};

/** The engine's native library is found beside the bundle or in node_modules, never bundled. */
const native = ['@duckdb/node-bindings-*'];

/** An ES module has no `require`, which bundled CommonJS packages expect. */
const requireInModules =
  "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);";

/** The command's first file is CommonJS and tiny; it imports the rest, which shares chunks with the kernel. */
const loadsMainLater = {
  name: 'loads main later',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/main\.js$/ }, () => ({ path: './node/main.mjs', external: true }));
  },
};

/** What draws charts is large, so that it is a file of its own beside the renderer, loaded with the first chart. */
const loadsChartsLater = {
  name: 'loads charts later',
  setup({ onResolve }) {
    onResolve({ filter: /\/chart\/chart\.js$/ }, () => ({ path: './chart.js', external: true }));
  },
};

/** Writes what runs in the editor's pages: renderer.js with chart.js, and preview.js. */
export async function bundlePages(folder) {
  const shape = { outdir: folder, platform: 'browser', target: 'es2022', format: 'esm' };
  await Promise.all([
    build({
      ...shared,
      ...shape,
      entryPoints: { renderer: 'src/ui/notebook/renderer.ts', preview: 'src/ui/preview/preview.ts' },
      plugins: [loadsChartsLater],
    }),
    build({ ...shared, ...shape, entryPoints: { chart: 'src/ui/chart/chart.ts' }, minify: true }),
  ]);
}

/** Writes dist/: cli.cjs, node/main.mjs and node/kernel.mjs with their chunks, extension.cjs and the pages. */
export async function bundle() {
  rmSync('dist/node', { recursive: true, force: true });
  await Promise.all([
    build({
      ...shared,
      entryPoints: { main: 'src/cli/main.ts', kernel: 'src/kernel/host/main.ts' },
      outdir: 'dist/node',
      outExtension: { '.js': '.mjs' },
      platform: 'node',
      target: 'node20',
      format: 'esm',
      splitting: true,
      external: native,
      banner: { js: requireInModules },
    }),
    build({
      ...shared,
      entryPoints: { cli: 'src/cli/bin.ts' },
      outdir: 'dist',
      outExtension: { '.js': '.cjs' },
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      plugins: [loadsMainLater],
    }),
    build({
      ...shared,
      entryPoints: { extension: 'src/extension/extension.ts' },
      outdir: 'dist',
      outExtension: { '.js': '.cjs' },
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      external: ['vscode'],
    }),
    bundlePages('dist'),
  ]);
}

if (process.argv[1]?.endsWith('bundle.mjs')) await bundle();
