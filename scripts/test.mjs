// Everything that must hold, in one command. `--deep` adds the long variants and keeps their report.
// Ends with a line `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { proofLog, writeDeepReport } from './deepReport.mjs';

const deep = process.argv.includes('--deep');
const reports = mkdtempSync(join(tmpdir(), 'ratatouille-test-'));
const totals = [];

/** Runs one part and adds what it counted; a part that dies without counting is one failure. */
function part(name, file, args, environment = {}) {
  const report = join(reports, `${totals.length}.json`);
  const started = Date.now();
  console.log(`\n— ${name}`);
  const { status } = spawnSync(process.execPath, [file, ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment, RATATOUILLE_TEST_REPORT: report },
  });
  const counted = readReport(report, status);
  totals.push({ name, ...counted, seconds: (Date.now() - started) / 1000 });
}

function readReport(report, status) {
  try {
    const { passed, failed, skipped } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed, failed: status === 0 ? failed : Math.max(failed, 1), skipped };
  } catch {
    return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  }
}

// What earlier runs found is not this one's.
rmSync(proofLog, { force: true });

try {
  await build();
  const mocha = 'node_modules/mocha/bin/mocha.js';
  part('lint', 'node_modules/@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']);
  part(
    'unit, rules, cases and crashes',
    mocha,
    // A long variant may take half an hour where a short one is stuck after a minute.
    ['--config', 'test/mocha.json', ...(deep ? ['--timeout', '1800000'] : [])],
    deep ? { RATATOUILLE_DEEP: '1' } : {},
  );
  part('a real VS Code', 'out/test/vscode/run.js', []);
  part('a real container', 'out/test/container/run.js', [], deep ? { RATATOUILLE_DEEP: '1' } : {});
} catch (error) {
  console.error(error.message);
  totals.push({ name: 'build', passed: 0, failed: 1, seconds: 0 });
} finally {
  rmSync(reports, { recursive: true, force: true });
}

console.log('');
for (const { name, passed, failed, skipped, seconds } of totals) {
  const outcome = skipped === undefined ? `${passed} passed, ${failed} failed` : `skipped: ${skipped}`;
  console.log(`${name}: ${outcome}, ${seconds.toFixed(0)} s`);
}
const passed = totals.reduce((sum, each) => sum + each.passed, 0);
const failed = totals.reduce((sum, each) => sum + each.failed, 0);
if (deep) writeDeepReport(totals);
process.exitCode = failed === 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed`);
