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

/** Writes dist/: cli.cjs, node/main.mjs and node/kernel.mjs with their chunks, extension.cjs, renderer.js. */
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
    build({
      ...shared,
      entryPoints: { renderer: 'src/ui/notebook/renderer.ts' },
      outdir: 'dist',
      platform: 'browser',
      target: 'es2022',
      format: 'esm',
    }),
  ]);
}

if (process.argv[1]?.endsWith('bundle.mjs')) await bundle();
