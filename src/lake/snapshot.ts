import { join } from 'node:path';
import { ProblemError } from '../protocol/problem.js';
import type { LakeContext } from './context.js';
import { damagedVersion } from './damage.js';
import type { KeptVersion, Manifest, TableEntry } from './manifest.js';
import { parseTableName, tableKey } from './tableName.js';

/** One consistent state of the lake: whatever is published meanwhile, it stays what it is. */
export interface Snapshot {
  readonly manifest: Manifest;
  /** A table or view by `layer.name` in any case. */
  entry(name: string): TableEntry | undefined;
  /** The current version, or one of the earlier ones that are kept. */
  version(name: string, version?: number): KeptVersion | undefined;
  /**
   * Absolute paths of a version's files; none for a view, undefined for what the lake does not have. Throws a
   * ProblemError `lake.damaged` for a version that was found to be so.
   */
  files(name: string, version?: number): readonly string[] | undefined;
  /** The same for the rows that its checks took out. */
  quarantine(name: string, version?: number): readonly string[] | undefined;
  /** The same for the records of landing files that did not fit. */
  rejects(name: string, version?: number): readonly string[] | undefined;
}

/** Makes a snapshot of a manifest. */
export function snapshotOf({ layout }: Pick<LakeContext, 'layout'>, manifest: Manifest): Snapshot {
  const entry = (name: string): TableEntry | undefined => manifest.tables[tableKey(parseTableName(name))];
  const version = (name: string, number?: number): KeptVersion | undefined => {
    const found = entry(name);
    if (found === undefined || number === undefined) return found?.version;
    return [found.version, ...found.earlier].find((candidate) => candidate.version === number);
  };
  const paths = (tree: 'version' | 'quarantine' | 'rejects', name: string, number?: number) => {
    const found = version(name, number);
    if (found?.directory === undefined) return found === undefined ? undefined : [];
    const { damaged } = found;
    if (damaged !== undefined && tree === 'version')
      throw new ProblemError(damagedVersion(name, found, damaged));
    const folder = layout[tree](parseTableName(name), found.directory);
    const files = {
      version: found.files,
      quarantine: found.quarantine,
      rejects: found.rejects?.files ?? [],
    }[tree];
    return files.map((file) => join(folder, file.name));
  };
  return {
    manifest,
    entry,
    version,
    files: (name, number) => paths('version', name, number),
    quarantine: (name, number) => paths('quarantine', name, number),
    rejects: (name, number) => paths('rejects', name, number),
  };
}
