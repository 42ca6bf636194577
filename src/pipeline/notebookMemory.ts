import { createHash } from 'node:crypto';
import type { ReadNotebook } from './sourceNotebook.js';

/** What is remembered between runs: what reading each notebook gave, by its path. */
export interface NotebookCache {
  /** Which program read them: another one may read them otherwise. */
  readonly reader: string;
  readonly entries: Readonly<Record<string, RememberedNotebook>>;
}

interface RememberedNotebook {
  /** Of the file's bytes. */
  readonly hash: string;
  readonly read: ReadNotebook;
}

/** Raised, between releases, when reading a notebook's bytes gives something else; a test holds it to that. */
const notebookFormat = 3;

/**
 * Reads a notebook only once for the same bytes. Cutting SQL into statements is most of what a plan with
 * nothing to do would wait for.
 */
export class NotebookMemory {
  readonly #reader: string;
  readonly #known: Map<string, RememberedNotebook>;
  #changed = false;

  /** @param productVersion of this program */
  constructor(cache: NotebookCache | undefined, productVersion: string) {
    this.#reader = `${productVersion}; notebooks ${notebookFormat}`;
    const usable = cache?.reader === this.#reader;
    this.#known = new Map(usable ? Object.entries(cache.entries) : []);
  }

  /** What `read` gives for these bytes, or gave when it last met them at this path. */
  recall(path: string, content: Uint8Array, read: () => ReadNotebook): ReadNotebook {
    const hash = createHash('sha256').update(content).digest('hex');
    const known = this.#known.get(path);
    if (known?.hash === hash) return known.read;
    const fresh = read();
    this.#known.set(path, { hash, read: fresh });
    this.#changed = true;
    return fresh;
  }

  /** Forgets notebooks that are gone. */
  keepOnly(paths: readonly string[]): void {
    const kept = new Set(paths);
    for (const path of this.#known.keys()) {
      if (kept.has(path)) continue;
      this.#known.delete(path);
      this.#changed = true;
    }
  }

  /** What to remember; undefined when nothing is new. */
  cacheToWrite(): NotebookCache | undefined {
    if (!this.#changed) return undefined;
    this.#changed = false;
    return { reader: this.#reader, entries: Object.fromEntries(this.#known) };
  }
}
