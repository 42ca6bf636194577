// Bundles what people run: the command line and the kernel (which share chunks), the extension, the renderer.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { build, transform } from 'esbuild';

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

const node = { platform: 'node', target: 'node20' };

/** With `import()` as a `require()` that a promise waits for: no loader of ES modules is ever begun. */
const commonJs = { format: 'cjs', supported: { 'dynamic-import': false } };

/** The command's first file is tiny; it loads the rest, which shares chunks with the kernel. */
const loadsMainLater = {
  name: 'loads main later',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/main\.js$/ }, () => ({ path: './node/main.cjs', external: true }));
  },
};

/** What draws charts is large, so that it is a file of its own beside the renderer, loaded with the first chart. */
const loadsChartsLater = {
  name: 'loads charts later',
  setup({ onResolve }) {
    onResolve({ filter: /\/chart\/chart\.js$/ }, () => ({ path: './chart.js', external: true }));
  },
};

/** Writes what runs in the editor's pages: renderer.js with chart.js, preview.js, quality.js and inspection.js. */
export async function bundlePages(folder) {
  const shape = { outdir: folder, platform: 'browser', target: 'es2022', format: 'esm' };
  await Promise.all([
    build({
      ...shared,
      ...shape,
      entryPoints: {
        renderer: 'src/ui/notebook/renderer.ts',
        preview: 'src/ui/preview/preview.ts',
        quality: 'src/ui/quality/quality.ts',
        inspection: 'src/ui/inspection/inspection.ts',
      },
      plugins: [loadsChartsLater],
    }),
    build({ ...shared, ...shape, entryPoints: { chart: 'src/ui/chart/chart.ts' }, minify: true }),
  ]);
}

/**
 * Writes the command line and the kernel. Only ES modules can be split into chunks, but Node takes a tenth of a
 * short command's time for its loader of ES modules alone: so each chunk becomes CommonJS afterwards.
 */
async function bundleNode() {
  const { outputFiles } = await build({
    ...shared,
    ...node,
    sourcemap: 'inline',
    entryPoints: { main: 'src/cli/main.ts', kernel: 'src/kernel/host/main.ts' },
    outdir: 'dist/node',
    outExtension: { '.js': '.cjs' },
    format: 'esm',
    splitting: true,
    external: native,
    define: { 'import.meta.url': 'moduleUrl' },
    write: false,
  });
  mkdirSync('dist/node', { recursive: true });
  await Promise.all(outputFiles.map(writeCommonJs));
}

/** `import.meta.url` as CommonJS has it. */
const moduleUrl = "const moduleUrl = require('node:url').pathToFileURL(__filename).href;";

async function writeCommonJs({ path, text }) {
  const name = basename(path);
  const { code, map } = await transform(text, {
    ...node,
    ...commonJs,
    sourcemap: 'external',
    sourcefile: name,
    legalComments: 'none',
    ...(/\bmoduleUrl\b/.test(text) && { banner: moduleUrl }),
  });
  writeFileSync(path, `${code}//# sourceMappingURL=${name}.map\n`);
  writeFileSync(`${path}.map`, map);
}

/** Writes dist/: cli.cjs, node/main.cjs and node/kernel.cjs with their chunks, extension.cjs and the pages. */
export async function bundle() {
  rmSync('dist/node', { recursive: true, force: true });
  await Promise.all([
    bundleNode(),
    build({
      ...shared,
      ...node,
      ...commonJs,
      entryPoints: { cli: 'src/cli/bin.ts' },
      outdir: 'dist',
      outExtension: { '.js': '.cjs' },
      plugins: [loadsMainLater],
    }),
    build({
      ...shared,
      ...node,
      entryPoints: { extension: 'src/extension/extension.ts' },
      outdir: 'dist',
      outExtension: { '.js': '.cjs' },
      format: 'cjs',
      external: ['vscode'],
    }),
    bundlePages('dist'),
  ]);
}

if (process.argv[1]?.endsWith('bundle.mjs')) await bundle();
