import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecuteOptions } from '../engine/engine.js';
import type { LandingSource, RejectRequest, Rejects } from '../ingest/landingSource.js';
import { type Problem, ProblemError } from '../protocol/problem.js';
import type { PipelineContext } from './context.js';
import { openSession } from './openSession.js';

/** More records of landing files do not fit than their contract allows. */
export class TooManyRejects extends ProblemError {
  constructor(
    refusal: Problem,
    /** At least so many. */
    readonly records: number,
  ) {
    super(refusal);
  }
}

/** Landing files without the records that do not fit, for one build: it begins again with each that it needs. */
export class RecordsApart {
  readonly #sources = new Map<string, LandingSource>();
  readonly #rejects: Rejects[] = [];
  #looks = 0;

  constructor(
    private readonly context: PipelineContext,
    /** A folder for copies of files and for what is rejected; made when it is needed. */
    private readonly directory: string,
    private readonly reader?: RejectRequest['reader'],
  ) {}

  /** The source to read a pattern by, if some of its records were set apart. */
  of(pattern: string): LandingSource | undefined {
    return this.#sources.get(pattern);
  }

  /** Lets every pattern be read anew: its files may have changed. */
  forget(): void {
    this.#sources.clear();
  }

  /** Removes its folder. */
  close(): Promise<void> {
    return rm(this.directory, { recursive: true, force: true });
  }

  /** What was set apart so far; also what there was too much of. */
  get rejects(): readonly Rejects[] {
    return this.#rejects;
  }

  /**
   * Sets the records of a source apart that do not fit; undefined when all do. Throws {@link TooManyRejects},
   * `landing.rejects`, for more than its contract allows, and a ProblemError `landing.file`.
   */
  async look(source: LandingSource, { signal }: ExecuteOptions): Promise<LandingSource | undefined> {
    const apart = await this.#setApart(source, signal);
    const { rejects } = apart ?? {};
    if (apart === undefined || rejects === undefined) return undefined;
    this.#rejects.push(rejects);
    if (rejects.refusal !== undefined) throw new TooManyRejects(rejects.refusal, rejects.records);
    this.#sources.set(source.pattern, apart);
    return apart;
  }

  async #setApart(source: LandingSource, signal: AbortSignal | undefined) {
    this.#looks += 1;
    const directory = join(this.directory, String(this.#looks));
    // Copies of files may lie in a folder that all users share.
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const session = await openSession(this.context);
    try {
      const { reader } = this;
      return await source.setApart({ session, directory, signal, ...(reader && { reader }) });
    } finally {
      await session.close();
    }
  }
}
