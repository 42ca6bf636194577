import { spawn } from 'node:child_process';

/**
 * Runs a program to its end and returns what it wrote to stdout.
 * Throws with the end of both streams when it fails.
 */
export function runCommand(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output: string[] = [];
    const all: string[] = [];
    child.stdout.on('data', (chunk) => {
      output.push(String(chunk));
      all.push(String(chunk));
    });
    child.stderr.on('data', (chunk) => all.push(String(chunk)));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output.join(''));
      else reject(new Error(`${program} ${args.join(' ')}: ${code ?? signal}\n${all.join('').slice(-4000)}`));
    });
  });
}
