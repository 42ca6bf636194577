import { appendFileSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How much of a log is kept. */
export interface LogLimits {
  /** A file that would grow beyond it is followed by the next one. */
  readonly bytes: number;
  readonly files: number;
}

const defaultLimits: LogLimits = { bytes: 1_000_000, files: 5 };

const fileName = /^(\d{4,})\.jsonl$/;

/**
 * A log in numbered files, the greatest number being the newest. Several processes append to it: a line is one
 * write at the end of a file, and the next file is begun by whoever creates it first. Nothing is ever renamed,
 * so a file that another process has open is no obstacle on Windows.
 */
export class LogFile {
  #number: number | undefined;

  constructor(
    private readonly directory: string,
    private readonly limits: LogLimits = defaultLimits,
  ) {}

  /**
   * Appends one line, given with its line break. Makes the folder where it is missing.
   * Returns the file's path. Throws the file system's error.
   */
  append(line: string): string {
    const bytes = Buffer.from(line);
    const path = this.#fileFor(bytes.length);
    appendFileSync(path, bytes);
    return path;
  }

  #fileFor(bytes: number): string {
    this.#number ??= this.#newest() ?? 1;
    for (;;) {
      const path = this.#path(this.#number);
      const size = statSync(path, { throwIfNoEntry: false })?.size;
      if (size === undefined) {
        const newest = this.#newest();
        if (newest === undefined || newest <= this.#number) return path;
        this.#number = newest;
      } else if (size === 0 || size + bytes <= this.limits.bytes) {
        return path;
      } else {
        this.#number += 1;
        if (this.#begin(this.#number)) this.#removeOld(this.#number);
      }
    }
  }

  #path(number: number): string {
    return join(this.directory, `${String(number).padStart(4, '0')}.jsonl`);
  }

  #numbers(): readonly number[] {
    return readdirSync(this.directory).flatMap((name) => {
      const digits = fileName.exec(name)?.[1];
      return digits === undefined ? [] : [Number(digits)];
    });
  }

  /** Also makes the folder, which somebody may have removed meanwhile. */
  #newest(): number | undefined {
    mkdirSync(this.directory, { recursive: true });
    const numbers = this.#numbers();
    return numbers.length === 0 ? undefined : Math.max(...numbers);
  }

  /** False when another process was first. */
  #begin(number: number): boolean {
    try {
      writeFileSync(this.#path(number), '', { flag: 'wx' });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }

  #removeOld(newest: number): void {
    const old = this.#numbers().filter((number) => number <= newest - this.limits.files);
    for (const number of old) rmSync(this.#path(number), { force: true });
  }
}
