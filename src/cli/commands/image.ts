import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageDirectory, readVersion } from '../../app/ownPackage.js';
import type { CommandContext } from '../context.js';
import { exitCodes } from '../exitCodes.js';
import { buildImage, type DockerCall, dockerProcessor } from '../image/docker.js';
import { stageExtension } from '../image/stageExtension.js';
import { interruptible } from '../interrupt.js';

export interface ImageCommandOptions {
  readonly tag?: string;
  readonly baseImage?: string;
}

/** `ratatouille image build`: makes the image that the projects' compose files name, from this package's files. */
export function image(context: CommandContext, options: ImageCommandOptions): Promise<number> {
  return interruptible(context, async (signal) => {
    const version = readVersion();
    const tag = options.tag ?? `ratatouille:${version}`;
    const folder = await mkdtemp(join(tmpdir(), 'ratatouille-image-'));
    try {
      const quiet = callOf(context, signal, () => {});
      await stageExtension(packageDirectory(), folder, { version, processor: await dockerProcessor(quiet) });
      context.screen.print(`Making ${tag}. The first time takes a few minutes.`);
      const told = callOf(context, signal, (text) => void context.terminal.stderr.write(text));
      await buildImage(told, buildArguments(context, options, tag, folder));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    if (context.json) await context.output.printJson({ image: tag });
    else await context.output.print(`Made ${tag}. In a project: docker compose up`);
    return exitCodes.done;
  });
}

function callOf({ terminal }: CommandContext, signal: AbortSignal, onText: DockerCall['onText']): DockerCall {
  return { terminal, signal, onText };
}

function buildArguments(
  { terminal }: CommandContext,
  { baseImage }: ImageCommandOptions,
  tag: string,
  folder: string,
): readonly string[] {
  const certificates = terminal.env.EXTRA_CA_FILE;
  const root = packageDirectory();
  return [
    ...['--file', join(root, 'devcontainer', 'Dockerfile'), '--tag', tag],
    // Stands in the place of the stage that makes the package from source.
    ...['--build-context', `package=${folder}`],
    ...(certificates ? ['--secret', `id=extra_ca,src=${certificates}`] : []),
    ...(baseImage === undefined ? [] : ['--build-arg', `BASE_IMAGE=${baseImage}`]),
    root,
  ];
}
