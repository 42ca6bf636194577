import { type Style, styleOf } from './style.js';
import type { Terminal } from './terminal.js';
import { isClosedPipe, outputFault } from './writeFault.js';

/** The reader of standard output has gone, as `head` does when it has enough. */
export class OutputClosedError extends Error {
  override readonly name = 'OutputClosedError';
}

const chunkSize = 65_536;

/** Standard output: the result, at the speed at which its reader takes it. */
export class ResultOutput {
  readonly style: Style;

  constructor(private readonly terminal: Terminal) {
    this.style = styleOf(terminal.stdout, terminal);
  }

  /** Writes texts as they come; every line brings its own line break. Throws OutputClosedError, and a ProblemError `cli.output`. */
  async write(lines: AsyncIterable<string>): Promise<void> {
    for await (const chunk of lines) await this.writeChunk(chunk);
  }

  /** Writes one text and a line break. Throws as {@link write} does. */
  print(text: string): Promise<void> {
    return this.writeChunk(`${text}\n`);
  }

  /** Writes one JSON document. Throws as {@link write} does. */
  printJson(value: unknown): Promise<void> {
    return this.print(JSON.stringify(value, null, 2));
  }

  private writeChunk(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.terminal.stdout.write(text, (error) => {
        if (error) reject(outputError(error));
        else resolve();
      });
    });
  }
}

/** Joins lines to texts of some 64 KB, so that a long result is few writes and little memory. */
export function* inChunks(lines: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const line of lines) {
    chunk += line;
    if (chunk.length < chunkSize) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

/** What a failed write to standard output means: OutputClosedError, or a ProblemError `cli.output`. */
export function outputError(error: Error): Error {
  if (!isClosedPipe(error)) return outputFault(error);
  return new OutputClosedError('Nobody reads the output', { cause: error });
}
