import { alteredFile, alteredIn } from '../checksum.js';
import type { LakeContext } from '../context.js';
import { damageIn, damageOfVersion } from '../damage.js';
import type { KeptVersion, Manifest, TableEntry, VersionFile } from '../manifest.js';
import { fileCallsAtOnce, inParallel } from '../parallel.js';
import { parseTableName } from '../tableName.js';
import { recordOf } from '../versionRecord.js';

/** How closely files are looked at. */
export interface Depth {
  /** Only whether they are there, with the size and time that they had; else every byte. */
  readonly quick: boolean;
  readonly signal?: AbortSignal;
}

/** What is wrong with the rows that a version's checks took out, or with the records that did not fit. */
export interface BesideDamage {
  readonly kind: 'quarantine' | 'rejects';
  readonly reason: string;
}

/** One version, and what is wrong with it. */
export interface ExaminedVersion {
  readonly entry: TableEntry;
  readonly version: KeptVersion;
  readonly current: boolean;
  /** In words; undefined where it is as it was published. */
  readonly damage: string | undefined;
  /** A look at sizes and times shows it, as it does wherever the version is about to be used. */
  readonly isEvident: boolean;
  /** Its bytes are not those that were published. */
  readonly isWrong: boolean;
  /** The same for what is kept beside it. */
  readonly besideDamages: readonly BesideDamage[];
  /** What it was made from is known, so that it can be restored. */
  readonly recorded: boolean;
}

/** Looks at the files of every version that a manifest names. Throws the signal's reason when it is aborted. */
export function examineVersions(
  context: LakeContext,
  manifest: Manifest,
  depth: Depth,
): Promise<ExaminedVersion[]> {
  const versions = Object.values(manifest.tables).flatMap((entry) =>
    [entry.version, ...entry.earlier].map((version, index) => ({ entry, version, current: index === 0 })),
  );
  return inParallel(versions, fileCallsAtOnce, async (each) => {
    depth.signal?.throwIfAborted();
    const table = parseTableName(each.entry.name);
    const evident = await damageOfVersion(context, table, each.version);
    const altered = depth.quick ? undefined : await alteredFile(context, table, each.version);
    return {
      ...each,
      damage: evident ?? altered,
      isEvident: evident !== undefined,
      isWrong: altered !== undefined,
      besideDamages: await damagesBeside(context, each, depth),
      recorded: each.current || (await recordOf(context, table, each.version)) !== undefined,
    };
  });
}

/** The files of a version: the table's own, and what is kept beside it. */
export function allFilesOf({ files, quarantine, rejects }: KeptVersion): readonly VersionFile[] {
  return [...files, ...quarantine, ...(rejects?.files ?? [])];
}

async function damagesBeside(
  context: LakeContext,
  { entry, version }: Pick<ExaminedVersion, 'entry' | 'version'>,
  { quick }: Depth,
): Promise<readonly BesideDamage[]> {
  const { directory } = version;
  if (directory === undefined) return [];
  const files = { quarantine: version.quarantine, rejects: version.rejects?.files ?? [] };
  const damages: BesideDamage[] = [];
  for (const kind of ['quarantine', 'rejects'] as const) {
    const folder = context.layout[kind](parseTableName(entry.name), directory);
    const reason =
      (await damageIn(context, folder, files[kind])) ??
      (quick ? undefined : await alteredIn(context, folder, files[kind]));
    if (reason !== undefined) damages.push({ kind, reason });
  }
  return damages;
}

/** The entries that have a version with wrong bytes that is not marked yet, with the mark. */
export function markedEntries(examined: readonly ExaminedVersion[]): readonly TableEntry[] {
  const entries = new Set(examined.map(({ entry }) => entry));
  return [...entries].flatMap((entry) => {
    const damages = new Map<KeptVersion, string>();
    for (const { version, damage, isWrong, entry: of } of examined) {
      const unmarked = isWrong && version.damaged === undefined;
      if (of === entry && damage !== undefined && unmarked) damages.set(version, damage);
    }
    if (damages.size === 0) return [];
    const mark = <Version extends KeptVersion>(version: Version): Version => {
      const damaged = damages.get(version);
      return damaged === undefined ? version : { ...version, damaged };
    };
    return [{ ...entry, version: mark(entry.version), earlier: entry.earlier.map(mark) }];
  });
}
