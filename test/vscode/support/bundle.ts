import path from 'node:path';
import { build } from 'esbuild';

/** Bundles the suite that runs in the extension host, which loads CommonJS alone. */
export async function bundleSuite(compiled: string): Promise<string> {
  const outfile = path.join(compiled, 'suite.cjs');
  await build({
    entryPoints: [path.join(compiled, 'suite', 'index.js')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    // jsonc-parser's UMD build hides its parts from bundlers; its ES modules do not.
    mainFields: ['module', 'main'],
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}
