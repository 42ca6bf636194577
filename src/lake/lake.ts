import type { SetAside } from '../protocol/doctor.js';
import { type Logger, silentLogger } from '../protocol/logger.js';
import { type Cache, cacheOf } from './cache.js';
import type { LakeContext } from './context.js';
import { type Damage, findDamage } from './damage.js';
import { examineLake, type LakeExamination } from './doctor/examine.js';
import { repairLake } from './doctor/repair.js';
import type { Depth } from './doctor/versions.js';
import { type EarlierTables, earlierTables } from './earlierTables.js';
import type { FileSystem } from './fileSystem.js';
import { explained } from './lakeProblem.js';
import { defaultEnvironment, type Layout, layoutOf } from './layout.js';
import { type AcquireOptions, acquireLease, defaultLeaseTimes, type LeaseTimes } from './lease.js';
import { describeHolder, LeaseFile, parseHolder } from './leaseFile.js';
import type { KeptVersion, Manifest, TableEntry } from './manifest.js';
import { ManifestStore } from './manifestStore.js';
import { nodeFileSystem } from './nodeFileSystem.js';
import { checkPlainNames, type PlainName } from './plainNames.js';
import { localProcesses, type Processes } from './processes.js';
import { entryAtVersion, restorableVersions } from './restore.js';
import { type RunRejects, runRejectsOf } from './runRejects.js';
import { Runs } from './runs.js';
import { type Snapshot, snapshotOf } from './snapshot.js';
import { type Retention, Writer } from './writer.js';

export interface LakeOptions {
  /** The project's folder, absolute. */
  readonly root: string;
  /** Default `prod`, which alone has plain names under `data/`. */
  readonly environment?: string;
  readonly fileSystem?: FileSystem;
  readonly processes?: Processes;
  readonly clock?: () => Date;
  readonly logger?: Logger;
  readonly leaseTimes?: LeaseTimes;
  /** Default: five earlier versions of a table, twenty manifests, two hundred run records. */
  readonly retention?: Partial<Retention & { readonly runs: number }>;
}

/** The lake of a project in one environment. Reading never waits for a writer and changes nothing on disk. */
export interface Lake {
  readonly layout: Layout;
  readonly cache: Cache;
  readonly runs: Runs;
  /**
   * The current manifest; generation 0, without tables, when nothing was published. One listing, and one file
   * when it changed. Throws ProblemErrors `lake.damaged`, `lake.file-system`.
   */
  manifest(): Promise<Manifest>;
  /** An earlier generation, or undefined when it is not kept. */
  manifestAt(generation: number): Promise<Manifest | undefined>;
  /** The kept generations, ascending. */
  generations(): Promise<number[]>;
  /** What kept generations know of tables that are gone. */
  earlierTables(): Promise<EarlierTables>;
  /** Those versions of a table that {@link entryAtVersion} gives. */
  restorableVersions(entry: TableEntry): Promise<readonly KeptVersion[]>;
  /** A table's entry with one of its kept versions as the current one. Throws a ProblemError `lake.damaged`. */
  entryAtVersion(entry: TableEntry, version: number): Promise<TableEntry>;
  /** The current state for one statement to read. */
  snapshot(): Promise<Snapshot>;
  /** Rejected records of runs that did not publish a table, `layer.name`; in the order of the runs. */
  runRejects(name: string): Promise<readonly RunRejects[]>;
  /** The files of current versions that are no longer what was published. One stat a file. */
  findDamage(manifest: Manifest): Promise<Damage[]>;
  /** The plain names that do not show the current versions. */
  checkPlainNames(manifest: Manifest): Promise<PlainName[]>;
  /** Who is writing, as `process 4711 on laptop`; it may have died where this process can't see it. */
  holder(): Promise<string | undefined>;
  /**
   * Becomes the writer: waits for the lease, clears away what a killed writer left, finishes plain names.
   * Throws ProblemErrors `lake.busy`, `sql.cancelled`, `lake.damaged`, `lake.conflict`, `lake.file-system`.
   */
  openWriter(options?: AcquireOptions): Promise<Writer>;
  /** Looks at everything, the bytes of every version too; changes nothing. Throws the signal's reason. */
  examine(depth: Depth): Promise<LakeExamination>;
  /**
   * Mends what {@link examine} finds and says it mends, as the writer; returns what was set aside. Throws
   * ProblemErrors `lake.busy`, `sql.cancelled`, `lake.conflict`, `lake.file-system`, and the signal's reason.
   */
  repair(depth: Depth, options?: AcquireOptions): Promise<readonly SetAside[]>;
}

/** Opens a project's lake. Nothing is read or made until it is asked for. */
export function openLake(options: LakeOptions): Lake {
  const context: LakeContext = {
    layout: layoutOf(options.root, options.environment ?? defaultEnvironment),
    fileSystem: options.fileSystem ?? nodeFileSystem,
    logger: options.logger ?? silentLogger,
    processes: options.processes ?? localProcesses(),
    clock: options.clock ?? (() => new Date()),
  };
  const store = new ManifestStore(context);
  const { leaseTimes = defaultLeaseTimes } = options;
  const { versions = 5, generations = 20, runs = 200 } = options.retention ?? {};
  const acquire = (options?: AcquireOptions) =>
    explained('take the lake’s lease', () => acquireLease(context, leaseTimes, options));
  const manifest = () => explained('read the lake’s manifest', () => store.newest());
  return {
    layout: context.layout,
    cache: cacheOf(context),
    runs: new Runs(context, store, runs),
    manifest,
    manifestAt: (generation) => explained('read an earlier manifest', () => store.at(generation)),
    generations: () => explained('list the lake’s manifests', () => store.generations()),
    earlierTables: () =>
      explained('read earlier manifests', async () => earlierTables(store, await store.newest())),
    restorableVersions: (entry) =>
      explained(`look at ${entry.name}`, () => restorableVersions(context, entry)),
    entryAtVersion: (entry, version) =>
      explained(`look at ${entry.name}`, () => entryAtVersion(context, entry, version)),
    snapshot: async () => snapshotOf(context, await manifest()),
    runRejects: (name) => explained(`look for the rejects of ${name}`, () => runRejectsOf(context, name)),
    findDamage: (of) => explained('look at the lake’s files', () => findDamage(context, of)),
    checkPlainNames: (of) => explained('look at the files under data/', () => checkPlainNames(context, of)),
    holder: async () => {
      const text = await explained('read the lake’s lease', () => new LeaseFile(context).read());
      if (text === undefined) return undefined;
      const holder = parseHolder(text);
      const gone = holder !== undefined && (await context.processes.isGone(holder));
      return gone ? undefined : describeHolder(text);
    },
    openWriter: async (options) => Writer.open(context, { versions, generations }, await acquire(options)),
    examine: (depth) => explained('examine the lake', () => examineLake(context, store, depth)),
    repair: async (depth, options) => {
      const lease = await acquire(options);
      return repairLake(context, store, { lease, retention: { versions, generations }, depth });
    },
  };
}
