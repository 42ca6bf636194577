import { closeSync, openSync, writeSync } from 'node:fs';

const bufferBytes = 1 << 20;

/** A new file that is written in few calls. */
export class OutputFile {
  readonly #descriptor: number;
  readonly #buffer = Buffer.allocUnsafe(bufferBytes);
  #used = 0;

  constructor(path: string) {
    this.#descriptor = openSync(path, 'wx');
  }

  write(bytes: Buffer): void {
    if (bytes.length > bufferBytes - this.#used) this.#flush();
    if (bytes.length > bufferBytes) this.#writeOut(bytes);
    else this.#used += bytes.copy(this.#buffer, this.#used);
  }

  close(): void {
    this.#flush();
    closeSync(this.#descriptor);
  }

  #flush(): void {
    this.#writeOut(this.#buffer.subarray(0, this.#used));
    this.#used = 0;
  }

  #writeOut(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at);
  }
}
