import { resolve } from 'node:path';
import { packageDirectory } from '../../app/ownPackage.js';
import type { CommandContext } from '../context.js';
import { exitCodes } from '../exitCodes.js';
import { shellWord } from '../print/shellWord.js';

export interface InitCommandOptions {
  readonly template?: string;
  readonly name?: string;
  readonly sampleData: boolean;
}

/** `ratatouille init`: a new project, whole or not at all. */
export async function init(
  context: CommandContext,
  directory: string,
  options: InitCommandOptions,
): Promise<number> {
  const absolute = resolve(context.terminal.directory, directory);
  await context.parts.createProject({
    ...options,
    directory: absolute,
    packageDirectory: packageDirectory(),
  });
  if (context.json) await context.output.printJson({ directory: absolute });
  else await context.output.print(nextSteps(context, directory, options));
  return exitCodes.done;
}

function nextSteps(
  { terminal }: CommandContext,
  directory: string,
  { sampleData }: InitCommandOptions,
): string {
  const isHere = resolve(terminal.directory, directory) === resolve(terminal.directory);
  const enter = isHere ? [] : [`  cd ${shellWord(directory, terminal.platform)}`];
  const fill = sampleData ? [] : ['  put CSV files into data/landing, or: ratatouille generate'];
  const where = isHere ? 'this folder' : directory;
  return [`Made a project in ${where}. Next:`, ...enter, ...fill, '  ratatouille run'].join('\n');
}
