// Checks the types and bundles: out/ for the tests, dist/ for people. Both are incremental.
import { spawnSync } from 'node:child_process';
import { bundle } from './bundle.mjs';
import { writeSchemas } from './schemas.mjs';

/** Builds everything; throws when the types are wrong. */
export async function build() {
  const types = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (types.status !== 0) throw new Error('The types are wrong: see above.');
  await Promise.all([writeSchemas(), bundle()]);
}

if (process.argv[1]?.endsWith('build.mjs')) {
  build().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
