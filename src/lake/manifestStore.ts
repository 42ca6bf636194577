import { basename, join } from 'node:path';
import { type Problem, ProblemError, problem } from '../protocol/problem.js';
import type { LakeContext } from './context.js';
import { contentOf, createExclusively, makeDirectory, removeLeftover } from './durable.js';
import { errorCode } from './fileSystem.js';
import { conflict } from './lakeProblem.js';
import { numberOf } from './layout.js';
import type { Manifest } from './manifest.js';
import { emptyManifest, parseManifest, printManifest } from './manifestText.js';
import { fileCallsAtOnce, inParallel } from './parallel.js';

const hintForEarlier =
  'Only tables that were removed since need it: what it alone knows of them can’t be restored, and their versions stay on disk. Restore this file from a backup, or remove it.';

interface Kept {
  readonly manifest: Manifest;
  readonly inode: number;
  readonly modifiedMs: number;
}

/** The numbered generations of one environment. */
export class ManifestStore {
  private kept: Kept | undefined;

  constructor(private readonly context: LakeContext) {}

  /** The generations on disk, ascending. */
  async generations(): Promise<number[]> {
    return generationsOf(await this.context.fileSystem.list(this.context.layout.manifests));
  }

  /**
   * The current manifest; generation 0 when there is none yet. Costs one listing and, when it changed, one
   * file. A newest file that can't be read is never passed over for an older one: ProblemError `lake.damaged`.
   */
  async newest(): Promise<Manifest> {
    const generation = (await this.generations()).at(-1);
    if (generation === undefined) return emptyManifest(this.context.layout.environment);
    // A writer that commits many generations in this moment may have removed it again.
    return (await this.at(generation)) ?? this.newest();
  }

  /** An earlier generation, or undefined when it is not kept. Throws a ProblemError `lake.damaged`. */
  async at(generation: number): Promise<Manifest | undefined> {
    const { fileSystem, layout } = this.context;
    const path = layout.manifest(generation);
    const status = await fileSystem.status(path);
    if (status === undefined) return undefined;
    const { kept } = this;
    if (
      kept?.manifest.generation === generation &&
      kept.inode === status.inode &&
      kept.modifiedMs === status.modifiedMs
    ) {
      return kept.manifest;
    }
    const text = await contentOf(fileSystem, path);
    if (text === undefined) return undefined;
    const manifest = await this.parse(text, generation);
    if (generation >= (kept?.manifest.generation ?? 0)) {
      this.kept = { manifest, inode: status.inode, modifiedMs: status.modifiedMs };
    }
    return manifest;
  }

  /**
   * Makes `manifest` current, or throws a ProblemError `lake.conflict` when its generation is taken or passed.
   * Any other failure leaves open whether it happened; the lake is whole either way.
   */
  async commit(manifest: Manifest, token: string): Promise<void> {
    const { fileSystem, layout } = this.context;
    const path = layout.manifest(manifest.generation);
    await makeDirectory(fileSystem, layout.manifests);
    const temporary = layout.manifestTemporary(manifest.generation, token);
    if (!(await this.create(temporary, path, manifest))) throw generationTaken(manifest.generation);
    // After a long sleep the number can be free again because later ones made its file old.
    if ((await this.generations()).at(-1) !== manifest.generation) {
      await removeLeftover(this.context, path);
      throw generationTaken(manifest.generation);
    }
    await fileSystem.syncDirectory(layout.manifests);
  }

  /** Tells of a manifest that can't be read; `hint` is for the newest one. */
  unreadable(generation: number, reason: string, hint: string = hintForEarlier): Problem {
    const path = this.context.layout.manifest(generation);
    return problem('lake.damaged', `The lake’s manifest ${path} can't be read: ${reason}.`, { hint });
  }

  /** Removes what {@link generationsToRemove} names. */
  async prune(retained: number, passing: ReadonlySet<number>): Promise<void> {
    const doomed = generationsToRemove(await this.generations(), retained, passing);
    await inParallel(doomed, fileCallsAtOnce, (generation) =>
      removeLeftover(this.context, this.context.layout.manifest(generation)),
    );
  }

  /** Finishes the newest manifest if it was filled only in part, and removes all temporary ones. */
  async removeTemporaries(): Promise<void> {
    const { fileSystem, layout } = this.context;
    const names = await fileSystem.list(layout.manifests);
    const newest = generationsOf(names).at(-1);
    if (newest !== undefined) await this.complete(newest);
    const temporaries = names.filter((name) => name.endsWith('.tmp'));
    await inParallel(temporaries, fileCallsAtOnce, (name) =>
      removeLeftover(this.context, join(layout.manifests, name)),
    );
  }

  private async create(temporary: string, path: string, manifest: Manifest): Promise<boolean> {
    try {
      return await createExclusively(this.context, temporary, path, printManifest(manifest));
    } catch (error) {
      // Only the sweep of a new holder of the lease removes a temporary file before its time.
      if (errorCode(error) === 'ENOENT') return false;
      throw error;
    }
  }

  private async parse(text: string, generation: number): Promise<Manifest> {
    const { environment } = this.context.layout;
    const parsed = parseManifest(text, environment, generation);
    if (typeof parsed !== 'string') return parsed;
    const continuation = await this.continuationOf(text, generation);
    const continued =
      continuation === undefined ? parsed : parseManifest(continuation.text, environment, generation);
    if (typeof continued !== 'string') return continued;
    const newest = generation === (await this.generations()).at(-1);
    throw new ProblemError(
      this.unreadable(
        generation,
        parsed,
        newest
          ? '`ratatouille doctor --repair` goes back to the last good generation and keeps this file. Or restore it from a backup.'
          : undefined,
      ),
    );
  }

  private async complete(generation: number): Promise<void> {
    const { fileSystem, layout } = this.context;
    const text = await contentOf(fileSystem, layout.manifest(generation));
    if (text === undefined || typeof parseManifest(text, layout.environment, generation) !== 'string') return;
    const continuation = await this.continuationOf(text, generation);
    if (continuation !== undefined) await fileSystem.rename(continuation.path, layout.manifest(generation));
  }

  /** Where hard links are missing, a manifest's file is filled from a temporary one: the rest may be there only. */
  private async continuationOf(
    text: string,
    generation: number,
  ): Promise<{ readonly path: string; readonly text: string } | undefined> {
    const { fileSystem, layout } = this.context;
    const prefix = `${basename(layout.manifest(generation))}.`;
    const candidates: { path: string; text: string }[] = [];
    for (const name of await fileSystem.list(layout.manifests)) {
      if (!name.startsWith(prefix)) continue;
      const path = join(layout.manifests, name);
      const whole = await contentOf(fileSystem, path);
      if (whole?.startsWith(text)) candidates.push({ path, text: whole });
    }
    return candidates.length === 1 ? candidates[0] : undefined;
  }
}

/**
 * Decides which generations to remove: those that one run passed through (its last two stay, for readers that
 * listed the folder a moment ago), and of the others all but the newest `retained`. So history counts runs.
 */
export function generationsToRemove(
  generations: readonly number[],
  retained: number,
  passing: ReadonlySet<number>,
): number[] {
  const lastTwo = new Set(generations.slice(-2));
  const passed = generations.filter((generation) => passing.has(generation) && !lastTwo.has(generation));
  const others = generations.filter((generation) => !passed.includes(generation));
  return [...passed, ...others.slice(0, Math.max(0, others.length - Math.max(retained, 2)))];
}

function generationsOf(names: readonly string[]): number[] {
  return names
    .map(numberOf)
    .filter((generation) => generation !== undefined)
    .sort((one, other) => one - other);
}

function generationTaken(generation: number): ProblemError {
  return conflict(`Another process has committed generation ${generation} of the lake.`);
}
