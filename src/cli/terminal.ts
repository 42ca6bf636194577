/** A stream to print to; the optional members are those of a terminal. */
export type OutputStream = NodeJS.WritableStream & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
};

/** A stream to read from; a terminal says that it is one. */
export type InputStream = NodeJS.ReadableStream & { readonly isTTY?: boolean };

export type InterruptSignal = 'SIGINT' | 'SIGTERM';

/** Where Ctrl-C comes from; a process is one. */
export interface SignalSource {
  on(signal: InterruptSignal, listener: (signal: InterruptSignal) => void): unknown;
  off(signal: InterruptSignal, listener: (signal: InterruptSignal) => void): unknown;
}

/** Everything outside that a command touches, so that a test can be the outside. */
export interface Terminal {
  readonly stdin: InputStream;
  /** Carries results and nothing else. */
  readonly stdout: OutputStream;
  /** Carries progress and messages. */
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** The working directory; absolute. */
  readonly directory: string;
  readonly signalSource: SignalSource;
  /** Ends the process at once, as this signal does. */
  readonly end: (signal: InterruptSignal) => void;
}
