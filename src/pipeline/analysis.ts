import { createHash } from 'node:crypto';
import type { Engine } from '../engine/engine.js';
import { normaliseSql } from '../sql/normalise.js';
import type { References } from '../sql/parser.js';
import { collectReferences } from '../sql/walk.js';

/** What one SELECT refers to, or why the parser refused it. Offsets count within the SELECT. */
export type Analysis =
  | {
      readonly ok: true;
      readonly references: References;
      /** As fingerprints see it: {@link normaliseSql}. */
      readonly normalised: string;
    }
  | {
      readonly ok: false;
      readonly message: string;
      readonly offset?: number;
      readonly reason: 'syntax' | 'unserialisable';
    };

/** What is remembered between runs: analyses by the hash of their SELECT. */
export interface AnalysisCache {
  readonly engineVersion: string;
  readonly entries: Readonly<Record<string, Analysis>>;
}

/** Raised when {@link collectReferences} or {@link normaliseSql} finds something else in the same text. */
const analysisFormat = 4;

/**
 * Analyses SELECT texts, and loads the engine only for those it has not seen: a run with nothing to do
 * must not wait for it.
 */
export class Analyst {
  readonly #known: Map<string, Analysis>;
  readonly #used = new Set<string>();
  #changed = false;

  constructor(
    private readonly engine: () => Promise<Engine>,
    private readonly engineVersion: string,
    cache: AnalysisCache | undefined,
  ) {
    const usable = cache?.engineVersion === this.#cacheVersion();
    this.#known = new Map(usable ? Object.entries(cache.entries) : []);
  }

  /** One analysis for each text, in order. */
  async analyse(selects: readonly string[]): Promise<readonly Analysis[]> {
    const hashes = selects.map(hashOf);
    const missing = new Map<string, string>();
    for (const [index, select] of selects.entries()) {
      const hash = hashes[index];
      if (hash !== undefined && !this.#known.has(hash)) missing.set(hash, select);
    }
    if (missing.size > 0) await this.#parse(missing);
    return hashes.flatMap((hash) => {
      this.#used.add(hash);
      return this.#known.get(hash) ?? [];
    });
  }

  /** What to remember, limited to the texts that were asked for; undefined when nothing is new. */
  cacheToWrite(): AnalysisCache | undefined {
    if (!this.#changed) return undefined;
    this.#changed = false;
    const entries = Object.fromEntries([...this.#known].filter(([hash]) => this.#used.has(hash)));
    return { engineVersion: this.#cacheVersion(), entries };
  }

  #cacheVersion(): string {
    return `${this.engineVersion}; analysis ${analysisFormat}`;
  }

  async #parse(missing: ReadonlyMap<string, string>): Promise<void> {
    const { parser } = await this.engine();
    const outcomes = await parser.parse([...missing.values()]);
    for (const [index, [hash, select]] of [...missing].entries()) {
      const outcome = outcomes[index];
      if (outcome === undefined) throw new Error('The parser answered fewer texts than it was given.');
      this.#known.set(
        hash,
        outcome.ok
          ? {
              ok: true,
              references: collectReferences(outcome.tree, select),
              normalised: normaliseSql(select),
            }
          : outcome,
      );
    }
    this.#changed = true;
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
