import { relative } from 'node:path';
import type { Problem } from '../protocol/problem.js';
import { ProblemError, warning } from '../protocol/problem.js';
import { type Change, changedKeys, nextManifest } from './changes.js';
import type { LakeContext } from './context.js';
import { removeLeftover } from './durable.js';
import { conflict, explained } from './lakeProblem.js';
import type { Lease } from './lease.js';
import type { Manifest, TableEntry } from './manifest.js';
import { ManifestStore } from './manifestStore.js';
import { bringPlainNames, type PlainName, type PlainOutcome } from './plainNames.js';
import { chooseDirectories, moveIntoPlace, takeBack } from './publish.js';
import { linkVersions, type Renamed } from './rename.js';
import { keepRunRejects } from './runRejects.js';
import {
  discard,
  type ReadFooters,
  type Staged,
  stage,
  type Verified,
  verify,
  type Written,
} from './staging.js';
import { sweep } from './sweep.js';
import { parseTableName } from './tableName.js';
import { recordEarlier } from './versionRecord.js';
import { collectVersions } from './versions.js';

declare const state: unique symbol;

/** Versions that are current for everybody inside. Only {@link Writer.publish} makes one. */
export interface Published {
  readonly [state]: 'published';
  readonly manifest: Manifest;
  readonly keys: ReadonlySet<string>;
}

/** Versions that outsiders see too. A name that could not be replaced is a problem, not a failure. */
export interface Linked {
  readonly [state]: 'linked';
  readonly manifest: Manifest;
  readonly problems: readonly Problem[];
}

/** How much of the past stays. */
export interface Retention {
  /** Earlier versions of a table; at least one, for readers that began a moment ago. */
  readonly versions: number;
  /** Manifests: roughly, runs that published something. */
  readonly generations: number;
}

/** The one that writes an environment, from its lease to its {@link close}. */
export class Writer {
  private tail: Promise<unknown> = Promise.resolve();
  private serial = 0;
  private dirty = false;
  private closed = false;
  private unsure: unknown;
  private readonly passing = new Set<number>();

  private constructor(
    private readonly context: LakeContext,
    private readonly store: ManifestStore,
    private readonly retention: Retention,
    readonly lease: Lease,
    private readonly leftovers: Leftovers,
    private current: Manifest,
    /** What the start put right: plain names changed by others, and those that can't be brought up to date. */
    readonly problems: readonly Problem[],
  ) {}

  /** Takes over a lease just acquired: sweeps and finishes the plain names. Releases it when that fails. */
  static async open(lake: LakeContext, retention: Retention, lease: Lease): Promise<Writer> {
    const { context, leftovers } = watchingRemovals(lake);
    const store = new ManifestStore(context);
    try {
      return await explained('start writing the lake', async () => {
        await context.fileSystem.mkdir(context.layout.stagingOf(lease.token));
        const base = await sweep(context, store, lease.token, retention.versions);
        const { restored, problems } = await bringPlainNames(context, base);
        const found = [...restored.map((name) => asRestored(context, name)), ...problems];
        return new Writer(context, store, retention, lease, leftovers, base, found);
      });
    } catch (error) {
      await removeLeftover(context, context.layout.stagingOf(lease.token));
      await lease.release().catch((failure: unknown) => {
        context.logger.warn(`Could not give the lease back: ${failure}`);
      });
      throw error;
    }
  }

  /** The newest manifest, with what this writer has published. */
  get manifest(): Manifest {
    return this.current;
  }

  /** Gives an empty folder for a new version of a table. Throws ProblemErrors `model.name`, `lake.file-system`. */
  stage(name: string): Promise<Staged> {
    this.serial += 1;
    const serial = this.serial;
    return explained(`make room for ${name}`, () => stage(this.context, this.lease.token, serial, name));
  }

  /** Holds staged files against what their writer said. Throws ProblemErrors `lake.unverified`, `lake.file-system`. */
  verify(staged: Staged, written: Written, readFooters: ReadFooters): Promise<Verified> {
    return explained(`verify ${staged.name}`, () => verify(this.context, staged, written, readFooters));
  }

  /** Throws a version away that will not be published. */
  discard(staged: Staged | Verified): Promise<void> {
    return discard(this.context, staged);
  }

  /** Keeps the rejected records of a build that failed for as long as its run's record. Throws a ProblemError `lake.file-system`. */
  keepRejects(run: number, staged: Staged, files: readonly string[]): Promise<void> {
    return explained(`keep the rejects of ${staged.name}`, () =>
      keepRunRejects(this.context, run, staged, files),
    );
  }

  /**
   * Makes room for a table's versions under another name, for a publish of the change. Throws ProblemErrors
   * `lake.damaged`, `lake.file-system`, and the reason of a signal that is aborted; then there is no such room.
   */
  rename(entry: TableEntry, name: string, signal?: AbortSignal): Promise<Renamed> {
    this.dirty = true;
    return explained(`rename ${entry.name}`, () => linkVersions(this.context, entry, name, signal));
  }

  /**
   * Makes all changes current at once, as one new generation that survives a power cut. Publishes of one writer
   * follow each other. Throws ProblemErrors `lake.conflict` (nothing was published) and `lake.file-system`.
   */
  publish(run: number, changes: readonly Change[]): Promise<Published> {
    return this.oneAtATime(() => explained('publish', () => this.publishNow(run, changes)));
  }

  /** Lets the plain names show what was published. Never throws for a name that another program holds open. */
  link(published: Published): Promise<Linked> {
    return this.oneAtATime(async () => {
      const { restored, problems: failed } = await this.bring(published.keys);
      const problems = [...restored.map((name) => asRestored(this.context, name)), ...failed];
      return { manifest: this.current, problems } as unknown as Linked;
    });
  }

  /** Puts plain names right that other programs changed; returns those. */
  restorePlainNames(): Promise<PlainOutcome> {
    return this.oneAtATime(() => this.bring());
  }

  /** Ends the writing: removes versions beyond the retention, the staging folder and the lease. */
  close(): Promise<void> {
    return this.oneAtATime(() => explained('end the writing of the lake', () => this.closeNow()));
  }

  private async publishNow(run: number, changes: readonly Change[]): Promise<Published> {
    if (this.unsure !== undefined) throw this.unsure;
    const base = this.current;
    const keys = new Set(changes.flatMap(changedKeys));
    if (changes.length === 0) return { manifest: base, keys } as unknown as Published;
    const directories = chooseDirectories(base, changes);
    const full = nextManifest(base, changes, {
      run,
      committedAt: this.context.clock().toISOString(),
      retainedVersions: this.retention.versions,
      directories,
    });
    this.dirty = true;
    let manifest: Manifest;
    try {
      await moveIntoPlace(this.context, changes, directories);
      await this.lease.assertHeld();
      manifest = await recordEarlier(this.context, full);
    } catch (error) {
      await takeBack(this.context, changes, directories);
      throw await this.explainLoss(error);
    }
    await this.commit(manifest, () => takeBack(this.context, changes, directories));
    this.current = manifest;
    this.passing.add(manifest.generation);
    await this.logged(() => this.store.prune(this.retention.generations, this.passing));
    return { manifest, keys } as unknown as Published;
  }

  private async commit(manifest: Manifest, takeBackAll: () => Promise<void>): Promise<void> {
    try {
      await this.store.commit(manifest, this.lease.token);
    } catch (error) {
      if (isConflict(error)) await takeBackAll();
      else this.unsure = error;
      throw error;
    }
  }

  /** A step can fail because somebody took the lease over and swept: that is what to tell. */
  private async explainLoss(error: unknown): Promise<unknown> {
    if (isConflict(error)) return error;
    await this.logged(() => this.lease.assertHeld());
    return this.lease.lost ? conflict('Another process took over the writing of the lake.', error) : error;
  }

  private async bring(keys?: ReadonlySet<string>): Promise<PlainOutcome> {
    try {
      await this.lease.assertHeld();
      return await bringPlainNames(this.context, this.current, keys);
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      const problem = warning('lake.plain-name', 'The files under data/ could not be brought up to date.', {
        hint: 'The next run finishes it. Queries here are not concerned.',
        cause,
      });
      return { restored: [], problems: [problem] };
    }
  }

  private async closeNow(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    const { context, lease } = this;
    const clean = lease.lost || !this.dirty || (this.unsure === undefined && (await this.collected()));
    // A staging folder that stays calls for a sweep at the next start.
    if (clean && !this.leftovers.any) await removeLeftover(context, context.layout.stagingOf(lease.token));
    await lease.release();
  }

  private collected(): Promise<boolean> {
    return this.logged(async () => {
      await this.lease.assertHeld();
      await collectVersions(this.context);
    });
  }

  /** Housekeeping that a run does not fail for: the next one does it. Tells whether it was done. */
  private async logged(step: () => Promise<void>): Promise<boolean> {
    try {
      await step();
      return true;
    } catch (error) {
      this.context.logger.warn(`Left for the next run: ${error}`);
      return false;
    }
  }

  private oneAtATime<T>(step: () => Promise<T>): Promise<T> {
    const result = this.tail.then(step, step);
    this.tail = result;
    return result;
  }
}

interface Leftovers {
  any: boolean;
}

/** Notices when something can't be removed, as what Windows has open: it is then swept at the next start. */
function watchingRemovals(lake: LakeContext): {
  readonly context: LakeContext;
  readonly leftovers: Leftovers;
} {
  const leftovers: Leftovers = { any: false };
  const remove = async (path: string) => {
    try {
      await lake.fileSystem.remove(path);
    } catch (error) {
      leftovers.any = true;
      throw error;
    }
  };
  return { context: { ...lake, fileSystem: { ...lake.fileSystem, remove } }, leftovers };
}

function isConflict(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.code === 'lake.conflict';
}

function asRestored({ layout }: LakeContext, { table, path }: PlainName): Problem {
  const form = path.endsWith('.parquet') ? 'file' : 'directory';
  const aside = relative(layout.root, layout.outside(parseTableName(table), form));
  return warning(
    'lake.restored',
    `${path} was changed by another program and shows the lake’s version again.`,
    {
      place: { file: path },
      hint: `What stood there is now ${aside}.`,
    },
  );
}
