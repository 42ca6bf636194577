import type { KeptVersion, Manifest, PlainForm, TableEntry, TableVersion } from './manifest.js';
import type { Renamed } from './rename.js';
import type { Verified } from './staging.js';
import { parseTableName, tableKey } from './tableName.js';

/** What a manifest says of a table that is not of one version alone. */
export type TableDetails = Omit<TableEntry, 'name' | 'form' | 'version' | 'earlier' | 'lastVersion'>;

/** What only the pipeline knows of a version. */
export type VersionDetails = Pick<TableVersion, 'fingerprint' | 'sql' | 'inputs' | 'checks' | 'equation'>;

/** One change of the lake, as a publish takes it. */
export type Change =
  | {
      readonly kind: 'table';
      readonly verified: Verified;
      /** Outsiders read a folder; it always is one for more than one file. */
      readonly directory?: boolean;
      readonly table: TableDetails;
      readonly version: VersionDetails;
    }
  | {
      readonly kind: 'view';
      /** `layer.name` as its model spells it. */
      readonly name: string;
      readonly columns: TableVersion['columns'];
      readonly table: TableDetails;
      readonly version: VersionDetails;
    }
  /** The files stay as they are: new words, judged again. Its version must be one the lake holds. */
  | { readonly kind: 'entry'; readonly entry: TableEntry }
  /** The table has another name, and all its versions with it. */
  | { readonly kind: 'rename'; readonly renamed: Renamed }
  /** The table is gone; its files stay while a kept manifest has it. */
  | { readonly kind: 'remove'; readonly name: string };

/** What a commit adds to the changes themselves. */
export interface Commit {
  readonly run: number;
  /** ISO 8601, UTC. */
  readonly committedAt: string;
  /** How many earlier versions stay. */
  readonly retainedVersions: number;
  /** The version folder of a table by its key. */
  readonly directories: ReadonlyMap<string, string>;
}

/** The tables that a change is about: their keys in a manifest, first that of the one it makes. */
export function changedKeys(change: Change): readonly [string, ...string[]] {
  switch (change.kind) {
    case 'table':
      return [tableKey(change.verified.table)];
    case 'entry':
      return [keyOf(change.entry.name)];
    case 'rename':
      return [keyOf(change.renamed.entry.name), change.renamed.from];
    default:
      return [keyOf(change.name)];
  }
}

function keyOf(name: string): string {
  return tableKey(parseTableName(name));
}

/** The number that a table's next version gets. One that was taken back does not give its number away. */
export function nextVersion(base: Manifest, key: string): number {
  return lastVersionOf(base.tables[key]) + 1;
}

/** The highest number that a version of a table ever had; 0 for no table. */
export function lastVersionOf(entry: TableEntry | undefined): number {
  if (entry === undefined) return 0;
  const { version, earlier, lastVersion = 0 } = entry;
  return Math.max(lastVersion, version.version, ...earlier.map((each) => each.version));
}

/** Those of a table's versions that are kept when another one is current: a view has no files to keep. */
export function keptOf(versions: readonly KeptVersion[]): readonly KeptVersion[] {
  return versions.filter(({ directory }) => directory !== undefined);
}

/** The manifest after `base`, with all changes made. Of what was current it still says all that `base` did. */
export function nextManifest(base: Manifest, changes: readonly Change[], commit: Commit): Manifest {
  const tables: Record<string, TableEntry> = { ...base.tables };
  for (const change of changes) {
    const [key, ...gone] = changedKeys(change);
    for (const other of gone) delete tables[other];
    if (change.kind === 'remove') delete tables[key];
    else tables[key] = counted(entryAfter(base, key, change, commit), base.tables[key]);
  }
  return {
    format: 1,
    environment: base.environment,
    generation: base.generation + 1,
    committedAt: commit.committedAt,
    run: commit.run,
    tables,
  };
}

function counted(entry: TableEntry, before: TableEntry | undefined): TableEntry {
  return { ...entry, lastVersion: Math.max(lastVersionOf(entry), lastVersionOf(before)) };
}

function entryAfter(
  base: Manifest,
  key: string,
  change: Exclude<Change, { kind: 'remove' }>,
  commit: Commit,
): TableEntry {
  if (change.kind === 'entry') return change.entry;
  return change.kind === 'rename' ? change.renamed.entry : publishedEntry(base, key, change, commit);
}

function publishedEntry(
  base: Manifest,
  key: string,
  change: Extract<Change, { kind: 'table' | 'view' }>,
  commit: Commit,
): TableEntry {
  const before = base.tables[key];
  const earlier = before === undefined ? [] : keptOf([before.version, ...before.earlier]);
  return {
    name: change.kind === 'table' ? change.verified.name : change.name,
    form: change.kind,
    version: {
      version: nextVersion(base, key),
      ...stored(change, commit.directories.get(key)),
      run: commit.run,
      publishedAt: commit.committedAt,
      ...change.version,
    },
    earlier: earlier.slice(0, Math.max(1, commit.retainedVersions)),
    ...change.table,
  };
}

type Stored = Pick<
  TableVersion,
  'directory' | 'plain' | 'files' | 'quarantine' | 'rejects' | 'columns' | 'rows' | 'bytes'
>;

function stored(change: Extract<Change, { kind: 'table' | 'view' }>, directory: string | undefined): Stored {
  if (change.kind === 'view') {
    return { files: [], quarantine: [], columns: change.columns, rows: 0, bytes: 0 };
  }
  if (directory === undefined) throw new Error(`No folder was chosen for ${change.verified.name}`);
  const { files, quarantine, rejects, columns } = change.verified;
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const found = { directory, plain: plainForm(change), files, quarantine, columns, rows, bytes };
  return rejects === undefined ? found : { ...found, rejects };
}

/** Whether outsiders read one file or a folder. */
export function plainForm(change: Extract<Change, { kind: 'table' }>): PlainForm {
  const [first, ...more] = change.verified.files;
  const simple = first !== undefined && more.length === 0 && !first.name.includes('/');
  return simple && change.directory !== true ? 'file' : 'directory';
}
