import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** How a container engine is had: it answers already, a program brings one, or there is none. */
export type Engine =
  | { readonly kind: 'answers' }
  | { readonly kind: 'wrapper'; readonly program: string }
  | { readonly kind: 'none'; readonly reason: string };

/**
 * Looks for a Docker engine with Compose. RATATOUILLE_DOCKER_WRAPPER names a program that runs a command with one,
 * where none answers by itself.
 */
export function findEngine(): Engine {
  if (answers('info') && answers('compose', 'version')) return { kind: 'answers' };
  const program = process.env.RATATOUILLE_DOCKER_WRAPPER;
  if (program === undefined || program === '') {
    return { kind: 'none', reason: 'no Docker engine with Compose answers' };
  }
  if (!existsSync(program))
    return { kind: 'none', reason: `RATATOUILLE_DOCKER_WRAPPER is not there: ${program}` };
  return { kind: 'wrapper', program };
}

function answers(...args: readonly string[]): boolean {
  return spawnSync('docker', args, { stdio: 'ignore', timeout: 20_000 }).status === 0;
}
