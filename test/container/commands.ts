import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

export interface CommandOptions {
  readonly directory?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program to its end and returns what it said; fails with all of that when it does not return 0. */
export async function run(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const { code, output } = await attempt(program, args, options);
  assert.equal(code, 0, `${program} ${args.join(' ')} returned ${code}:\n${output}`);
  return output;
}

/** As {@link run}, for a program that may fail. */
export function attempt(
  program: string,
  args: readonly string[],
  { directory, env }: CommandOptions = {},
): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn(program, args, {
    cwd: directory ?? repository,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

/** A port of 127.0.0.1 that nobody listens on. */
export function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(),
      );
    });
  });
}
