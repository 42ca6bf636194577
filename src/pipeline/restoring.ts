import type { KeptVersion, TableEntry } from '../lake/manifest.js';
import { ProblemError, problem } from '../protocol/problem.js';
import type { KeptTable, KeptTableVersion } from '../protocol/tableHistory.js';

/**
 * A table with what of it is current or can be made so. Pure.
 * @param whole those of its versions that can be restored
 */
export function keptTable(
  { name, form, version, earlier }: TableEntry,
  removed: boolean,
  whole: readonly KeptVersion[],
): KeptTable {
  const isCurrent = (each: KeptVersion) => !removed && each === version;
  const versions = [version, ...earlier]
    .filter((each) => isCurrent(each) || whole.includes(each))
    .map((each): KeptTableVersion => {
      const { rows, bytes, run, publishedAt } = each;
      return { version: each.version, rows, bytes, run, publishedAt, current: isCurrent(each) };
    });
  return { name, form, removed, versions };
}

/**
 * Decides which version a call restores: of a table that is gone the last one, of one that is there the one that
 * is named. Throws a ProblemError `restore.current` or `restore.not-kept`.
 */
export function versionToRestore(entry: TableEntry, removed: boolean, wanted: number | undefined): number {
  const { name, version } = entry;
  if (removed && wanted === undefined) return version.version;
  const kept = entry.earlier.map((each) => each.version);
  if (!removed && (wanted === undefined || wanted === version.version)) {
    throw new ProblemError(
      problem('restore.current', `${name} is there, at version ${version.version}.`, {
        hint:
          kept.length === 0
            ? 'No earlier version of it is kept.'
            : `Say which earlier version: --version ${kept[0]}. Kept are: ${kept.join(', ')}.`,
      }),
    );
  }
  const all = removed ? [version.version, ...kept] : kept;
  if (wanted !== undefined && all.includes(wanted)) return wanted;
  throw new ProblemError(
    problem('restore.not-kept', `Version ${wanted} of ${name} is not kept.`, {
      hint:
        all.length === 0
          ? 'No earlier version of it is; keepVersions in ratatouille.json says how many are.'
          : `Kept are: ${all.join(', ')}; keepVersions in ratatouille.json says how many are.`,
    }),
  );
}
