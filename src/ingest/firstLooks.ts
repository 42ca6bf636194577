import { ProblemError, problem } from '../protocol/problem.js';
import type { StoredContract } from './contractStore.js';

interface Look {
  readonly pattern: string;
  readonly paths: ReadonlySet<string>;
  readonly contract: Promise<StoredContract>;
  /** Set when another look under way shares a file: neither may write. */
  conflict?: ProblemError;
}

/** Writes the contract of a finished look, unless it throws. */
export type WriteContract = (look: () => void) => Promise<StoredContract>;

/** The first looks under way: two models of one pattern share one, two patterns of one file are refused. */
export class FirstLooks {
  readonly #looks = new Map<string, Look>();

  /**
   * Joins the look at this pattern or begins it. `look` must call its argument right before it writes the
   * contract. Throws a ProblemError `landing.contract`, as that call does, when another look shares one of `paths`.
   */
  run(pattern: string, paths: readonly string[], look: WriteContract): Promise<StoredContract> {
    const started = this.#looks.get(pattern);
    if (started !== undefined) return started.contract;
    this.#refuseShared(pattern, paths);
    const own: Look = {
      pattern,
      paths: new Set(paths),
      contract: look(() => {
        if (own.conflict !== undefined) throw own.conflict;
      }).finally(() => this.#looks.delete(pattern)),
    };
    this.#looks.set(pattern, own);
    return own.contract;
  }

  #refuseShared(pattern: string, paths: readonly string[]): void {
    let conflict: ProblemError | undefined;
    for (const other of this.#looks.values()) {
      const shared = paths.find((path) => other.paths.has(path));
      if (shared === undefined) continue;
      other.conflict ??= twoPatterns(shared, other.pattern, pattern);
      conflict ??= twoPatterns(shared, pattern, other.pattern);
    }
    if (conflict !== undefined) throw conflict;
  }
}

function twoPatterns(path: string, pattern: string, other: string): ProblemError {
  return new ProblemError(
    problem(
      'landing.contract',
      `data/landing/${path} of landing('${pattern}') is read by landing('${other}') too.`,
      {
        hint: 'Make one pattern narrower, or read both by the wider one and choose files by its column _file.',
        place: { file: `data/landing/${path}` },
      },
    ),
  );
}
