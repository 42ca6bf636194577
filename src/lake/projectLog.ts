import { relative, sep } from 'node:path';
import { describeFault } from '../protocol/fault.js';
import type { Logger } from '../protocol/logger.js';
import type { Layout } from './layout.js';
import { LogFile, type LogLimits } from './logFile.js';

type Level = 'info' | 'warn' | 'error';

/**
 * A logger that tells another one everything, and keeps all but `debug` in the project's log: an event is one
 * line of JSON with `time`, `level`, `process`, `message`, and for a fault the lines of its stack. The file is
 * made with the first event. Where it can't be written, as in a project that may only be read or on a full
 * disk, the other logger is told once, and nothing else happens.
 */
export function projectLog(layout: Pick<Layout, 'root' | 'logs'>, also: Logger, limits?: LogLimits): Logger {
  return new ProjectLog(layout, also, new LogFile(layout.logs, limits));
}

class ProjectLog implements Logger {
  file: string | undefined;
  #toldFailure = false;

  constructor(
    private readonly layout: Pick<Layout, 'root' | 'logs'>,
    private readonly also: Logger,
    private readonly kept: LogFile,
  ) {}

  debug(message: string): void {
    this.also.debug(message);
  }

  info(message: string): void {
    this.also.info(message);
    this.#keep('info', message);
  }

  warn(message: string): void {
    this.also.warn(message);
    this.#keep('warn', message);
  }

  error(message: string, fault?: unknown): void {
    this.also.error(message, fault);
    this.#keep('error', message, fault);
  }

  #keep(level: Level, message: string, fault?: unknown): void {
    const event = {
      time: new Date().toISOString(),
      level,
      process: process.pid,
      message,
      ...(fault === undefined ? {} : { fault: describeFault(fault) }),
    };
    try {
      const path = this.kept.append(`${JSON.stringify(event)}\n`);
      this.file = relative(this.layout.root, path).split(sep).join('/');
    } catch (error) {
      this.file = undefined;
      if (!this.#toldFailure) this.also.debug(`The log in ${this.layout.logs} can't be written: ${error}`);
      this.#toldFailure = true;
    }
  }
}
