// Measures whole processes, from their start to their end.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const exitReport = fileURLToPath(new URL('exitReport.cjs', import.meta.url));
const usageFile = join(tmpdir(), `ratatouille-bench-usage-${process.pid}.json`);

/** The command as people run it. */
export const cli = fileURLToPath(new URL('../../dist/cli.cjs', import.meta.url));

/**
 * Runs one Node process to its end and tells what it took: wallMs, cpuMs (user and system, all threads), rssMB
 * (its peak), engineLoaded, stdout. Throws when it fails.
 */
export async function measure(args) {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      CI: '',
      NODE_OPTIONS: `--require ${JSON.stringify(exitReport)}`,
      RATATOUILLE_BENCH_USAGE: usageFile,
    },
  });
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr']) {
    child[stream].setEncoding('utf8').on('data', (text) => {
      output[stream] += text;
    });
  }
  const exited = new Promise((resolve) => child.on('exit', () => resolve(performance.now() - started)));
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}:\n${output.stderr}`);
  const usage = JSON.parse(readFileSync(usageFile, 'utf8'));
  rmSync(usageFile);
  return { wallMs: await exited, ...usage, stdout: output.stdout };
}

/** Runs the command line of the project. */
export function ratatouille(...args) {
  return measure([cli, ...args]);
}

/**
 * Takes turns: every subject once, then every subject again, so that a disturbance meets all of them.
 * `subjects` maps names to functions that give a measurement; returns the measurements by name.
 */
export async function interleaved(repetitions, subjects) {
  const taken = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    for (const [name, subject] of Object.entries(subjects)) taken[name].push(await subject());
  }
  return taken;
}

/** Minimum, median and maximum of one figure over measurements. */
export function spread(measurements, figure) {
  const sorted = measurements.map((each) => each[figure]).sort((a, b) => a - b);
  return { min: sorted[0], median: sorted[Math.floor(sorted.length / 2)], max: sorted.at(-1) };
}
