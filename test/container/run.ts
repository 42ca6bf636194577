import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { findEngine } from './engine.js';

/**
 * Runs the tests of the container where a Docker engine can be had: `node out/test/container/run.js`.
 * Elsewhere it says so and counts nothing, neither passed nor failed.
 */
const mocha = [
  'node_modules/mocha/bin/mocha.js',
  ...['--reporter', 'test/support/reporter.cjs', '--timeout', '600000', '--forbid-only', '--forbid-pending'],
  'out/test/container/*.test.js',
];

const engine = findEngine();
if (engine.kind === 'none') {
  process.stdout.write(`  skipped: ${engine.reason}\n`);
  const report = process.env.RATATOUILLE_TEST_REPORT;
  if (report) writeFileSync(report, JSON.stringify({ passed: 0, failed: 0, skipped: engine.reason }));
} else {
  const command = [...(engine.kind === 'wrapper' ? [engine.program] : []), process.execPath, ...mocha];
  const [program = '', ...args] = command;
  process.exitCode = spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status ?? 1;
}
