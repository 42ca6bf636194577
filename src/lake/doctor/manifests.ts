import type { Finding } from '../../protocol/doctor.js';
import { ProblemError } from '../../protocol/problem.js';
import { formatQuantity } from '../../protocol/wording.js';
import type { LakeContext } from '../context.js';
import { contentOf } from '../durable.js';
import type { Manifest } from '../manifest.js';
import type { ManifestStore } from '../manifestStore.js';
import { emptyManifest, isOfNewerProgram } from '../manifestText.js';

/** A manifest that can't be read. */
export interface DamagedManifest {
  readonly generation: number;
  readonly message: string;
  /** It was written by a newer Ratatouille, and nothing is wrong with it. */
  readonly newer: boolean;
}

/** The manifests of an environment, as far as they can be read. */
export interface Manifests {
  /** The newest that can be read; generation 0 where there is no manifest at all, undefined where none can be read. */
  readonly good: Manifest | undefined;
  /** Whether that one is the newest. */
  readonly newestIsGood: boolean;
  /** The greatest number first. */
  readonly damaged: readonly DamagedManifest[];
}

/** Reads all manifests. Throws the file system's error for one that it does not give out. */
export async function readManifests(context: LakeContext, store: ManifestStore): Promise<Manifests> {
  const generations = (await store.generations()).reverse();
  const damaged: DamagedManifest[] = [];
  let good: Manifest | undefined;
  for (const generation of generations) {
    try {
      const manifest = await store.at(generation);
      good ??= manifest;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const text = await contentOf(context.fileSystem, context.layout.manifest(generation));
      const newer = text !== undefined && isOfNewerProgram(text);
      damaged.push({ generation, message: error.message, newer });
    }
  }
  if (generations.length === 0) good = emptyManifest(context.layout.environment);
  const [newest] = generations;
  return { good, newestIsGood: newest === undefined || good?.generation === newest, damaged };
}

/** Tells of manifests that can't be read. */
export function findingsOfManifests(context: LakeContext, manifests: Manifests): readonly Finding[] {
  const { good, newestIsGood, damaged } = manifests;
  return damaged.map((one) => {
    const place = { file: context.layout.displayed(context.layout.manifest(one.generation)) };
    const base = { weight: 'fault' as const, place, message: one.message };
    if (one.newer) return { ...base, ...ofNewerProgram };
    const isOld = newestIsGood || one.generation < (good?.generation ?? 0);
    return { ...base, ...(isOld ? ofEarlierManifest : ofNewestManifest(good, manifests)) };
  });
}

type Explanation = Pick<Finding, 'kind' | 'meaning' | 'repair' | 'hint'>;

const ofNewerProgram: Explanation = {
  kind: 'newest manifest',
  meaning: 'A newer Ratatouille has written this lake; nothing is wrong with it, but this one can’t read it.',
  hint: 'Update Ratatouille.',
};

const ofEarlierManifest: Explanation = {
  kind: 'earlier manifest',
  meaning:
    'It is needed only to restore tables that were removed since; all that is current is told elsewhere.',
  repair: 'Sets the file aside, with the versions that it alone may have named.',
};

function ofNewestManifest(good: Manifest | undefined, { damaged }: Manifests): Explanation {
  if (good === undefined) {
    return {
      kind: 'newest manifest',
      meaning:
        'No earlier one can be read either, so nothing says which files are current; they are untouched.',
      hint: 'Restore .ratatouille/manifests from a backup. Or rename .ratatouille and run: every table is then built again from the landing files.',
    };
  }
  const tables = formatQuantity(Object.keys(good.tables).length, 'table');
  const next = (damaged[0]?.generation ?? good.generation) + 1;
  return {
    kind: 'newest manifest',
    meaning: `Nothing can be read or built until this is mended. The last good generation is ${good.generation}, of run ${good.run} at ${good.committedAt}, with ${tables}.`,
    repair: `Publishes generation ${good.generation} again, as ${next}, and sets this file and what it alone named aside. The next run builds what changed since.`,
    hint: 'Or restore this file from a backup.',
  };
}
