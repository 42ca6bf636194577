/** Where diagnostics go. Its sinks are an output channel, stderr and a log file; never the console. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  /** @param fault what was thrown, where nobody foresaw it. */
  error(message: string, fault?: unknown): void;
  /**
   * The file that has what was logged last, relative to the project, with forward slashes. Absent where
   * nothing is kept.
   */
  readonly file?: string | undefined;
}

/** A logger that drops everything, for callers that do not care. */
export const silentLogger: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
};
