import { spawn } from 'node:child_process';
import { ProblemError, problem } from '../../protocol/problem.js';
import type { Terminal } from '../terminal.js';

/** The processors that the image can be made for, as Docker and as Node call them. */
const processors: Readonly<Record<string, string>> = { amd64: 'x64', arm64: 'arm64' };

export interface DockerCall {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  /** What Docker says while it works. */
  readonly onText: (text: string) => void;
}

/**
 * The processor that Docker's machine has, as Node calls it: `x64`. Throws a ProblemError `image.docker` when there
 * is no Docker, when it does not answer, and for another processor.
 */
export async function dockerProcessor(call: DockerCall): Promise<string> {
  const { code, output } = await runDocker(call, ['version', '--format', '{{.Server.Arch}}']);
  if (code !== 0) {
    throw dockerProblem(
      'Docker is installed, but does not answer.',
      'Start Docker Desktop, or the service docker.',
      output,
    );
  }
  const processor = processors[output.trim()];
  if (processor !== undefined) return processor;
  throw dockerProblem(
    `Docker runs on the processor ${output.trim()}; the image is made for amd64 and arm64.`,
    'Use another machine for the container.',
  );
}

/** Builds an image and tells how it goes. Throws a ProblemError `image.docker` or `image.build`. */
export async function buildImage(call: DockerCall, args: readonly string[]): Promise<void> {
  const { code, output } = await runDocker(call, ['build', '--progress=plain', ...args]);
  if (code === 0) return;
  const reason = lastWords(output);
  throw new ProblemError(
    problem('image.build', 'Docker could not make the image.', {
      hint:
        'The first time it loads a base image, Debian and npm packages: is the network there? ' +
        'Behind a proxy with certificates of its own, name them: EXTRA_CA_FILE=company.pem ratatouille image build',
      ...(reason !== '' && { cause: reason }),
    }),
  );
}

/** What the step that failed said at last: `#12 3.141 npm error …`; all that was said where no step began. */
function lastWords(output: string): string {
  const lines = output.trim().split('\n');
  const words = lines.flatMap((line) => /^#\d+ [\d.]+ (.*)$/.exec(line)?.[1] ?? []);
  return (words.length > 0 ? words : lines).slice(-8).join('\n').trim();
}

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

function runDocker({ terminal, signal, onText }: DockerCall, args: readonly string[]): Promise<Ended> {
  const { env, directory } = terminal;
  const child = spawn('docker', args, { cwd: directory, env, signal, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      onText(text);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (signal.aborted) reject(signal.reason);
      else reject(error.code === 'ENOENT' ? missing(error) : error);
    });
    child.once('close', (code) => resolve({ code, output }));
  });
}

function missing(error: Error): ProblemError {
  return dockerProblem(
    'There is no program docker on this machine.',
    'Install Docker Desktop, or Docker Engine on Linux, and open a new terminal. Everything but the container works without it.',
    error.message,
  );
}

function dockerProblem(message: string, hint: string, cause = ''): ProblemError {
  const reason = cause.trim();
  return new ProblemError(
    problem('image.docker', message, { hint, ...(reason !== '' && { cause: reason }) }),
  );
}
