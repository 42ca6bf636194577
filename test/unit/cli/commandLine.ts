import { EventEmitter } from 'node:events';
import { Readable, Writable } from 'node:stream';
import { main } from '../../../src/cli/main.js';
import { lazyParts, type Parts } from '../../../src/cli/parts.js';
import type { InterruptSignal, OutputStream } from '../../../src/cli/terminal.js';

export interface CallOptions {
  readonly parts?: Partial<Parts>;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly directory?: string;
  /** Columns of the terminal that stdout and stderr are; absent: they are files. */
  readonly columns?: number;
  /** Where stdout fails, as for a reader that has gone. */
  readonly stdout?: OutputStream;
}

export interface CallResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The signal that the call ended the process by; undefined when it returned. */
  readonly endedBy: InterruptSignal | undefined;
  /** Who still waits for Ctrl-C after the call. */
  readonly listeners: number;
}

export interface RunningCall {
  interrupt(signal?: InterruptSignal): void;
  readonly result: Promise<CallResult>;
}

/** Calls the command line, as a shell would, without a process. */
export function call(argv: readonly string[], options: CallOptions = {}): Promise<CallResult> {
  return startCall(argv, options).result;
}

/** As {@link call}, for a call that is to be interrupted. */
export function startCall(argv: readonly string[], options: CallOptions = {}): RunningCall {
  const stdout = new Capture(options.columns);
  const stderr = new Capture(options.columns);
  const signalSource = new EventEmitter();
  let endedBy: InterruptSignal | undefined;
  const terminal = {
    stdin: Object.assign(Readable.from(options.stdin === undefined ? [] : [Buffer.from(options.stdin)]), {
      isTTY: options.columns !== undefined,
    }),
    stdout: options.stdout ?? stdout,
    stderr,
    env: options.env ?? {},
    platform: 'linux' as const,
    directory: options.directory ?? process.cwd(),
    signalSource,
    end: (signal: InterruptSignal) => {
      endedBy = signal;
    },
  };
  const ended = main(argv, terminal, { ...lazyParts, ...options.parts });
  return {
    interrupt: (signal = 'SIGINT') => void signalSource.emit(signal, signal),
    result: ended.then((code) => ({
      code,
      stdout: stdout.text,
      stderr: stderr.text,
      endedBy,
      listeners: signalSource.listenerCount('SIGINT'),
    })),
  };
}

class Capture extends Writable {
  text = '';
  readonly isTTY: boolean;
  readonly columns: number;

  constructor(columns: number | undefined) {
    super();
    this.isTTY = columns !== undefined;
    this.columns = columns ?? 80;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}
