import { type Command, CommanderError } from 'commander';
import type { CommandContext } from './context.js';
import { exitCodes } from './exitCodes.js';
import { lazyParts, type Parts } from './parts.js';
import { createProgram } from './program.js';
import type { OutputStream, Terminal } from './terminal.js';
import { parserProblem } from './usage.js';

/**
 * Does one call of the command line and returns its exit code.
 * @param argv what follows the program's name
 */
export async function main(
  argv: readonly string[],
  terminal: Terminal,
  parts: Parts = lazyParts,
): Promise<number> {
  const outputFaults = collectFaults(terminal.stdout);
  collectFaults(terminal.stderr);
  let exitCode: number = exitCodes.done;
  const program = createProgram(terminal, async (work) => {
    exitCode = await inContext(argv, terminal, parts, work);
  });
  try {
    await program.parseAsync(understood(argv, program), { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) {
      await flush(terminal.stdout);
      const [fault] = outputFaults;
      if (fault === undefined) return exitCodes.done;
      const { outputError } = await import('./resultOutput.js');
      return inContext(argv, terminal, parts, () => Promise.reject(outputError(fault)));
    }
    return inContext(argv, terminal, parts, () => Promise.reject(parserProblem(error)));
  }
}

/** No arguments ask for the help; `help` with an unknown name fails as the name alone, which finds similar ones. */
function understood(argv: readonly string[], program: Command): readonly string[] {
  const [first, name] = argv;
  if (first === undefined) return ['--help'];
  if (first !== 'help' || name === undefined || name.startsWith('-')) return argv;
  if (name === 'help') return ['--help'];
  return program.commands.some((command) => command.name() === name) ? argv : [name];
}

/** Colours, widths and number formats cost more to load than all of `--help`: it does without. */
async function inContext(
  argv: readonly string[],
  terminal: Terminal,
  parts: Parts,
  work: (context: CommandContext) => Promise<number>,
): Promise<number> {
  const { createContext } = await import('./context.js');
  const context = createContext(argv, terminal, parts);
  try {
    return await work(context);
  } catch (error) {
    const { reportFailure } = await import('./failure.js');
    return reportFailure(context, error);
  }
}

/** A fault also reaches the callback of the write that met it, if it has one; unheard, it would end the process. */
function collectFaults(stream: OutputStream): readonly Error[] {
  const faults: Error[] = [];
  stream.on('error', (error: Error) => faults.push(error));
  return faults;
}

/** Waits until what the parser printed by itself, as the help, is written or has failed. */
function flush(stream: OutputStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}
