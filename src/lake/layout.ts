import { join, relative, sep } from 'node:path';
import { layers } from '../protocol/layer.js';
import { ProblemError, problem } from '../protocol/problem.js';
import type { PlainForm } from './manifest.js';
import type { TableName } from './tableName.js';

/** The environment whose tables have plain names under `data/`. */
export const defaultEnvironment = 'prod';

const environmentName = /^[a-z][a-z0-9_-]{0,31}$/;
const generationName = /^(\d{8})\.json$/;

/** Where everything of a lake is. No other file knows a path below `data` or `.ratatouille`. */
export interface Layout {
  readonly root: string;
  readonly environment: string;
  /** Everything that is the lake's alone. */
  readonly own: string;
  readonly landing: string;
  readonly cache: string;
  readonly logs: string;
  readonly outputs: string;
  /** Where an engine spills; nothing in it outlives a process. */
  readonly spill: string;
  readonly manifests: string;
  readonly environments: string;
  readonly runs: string;
  readonly leases: string;
  readonly lease: string;
  /** A folder for each writer of this environment that has not ended cleanly. */
  readonly staging: string;
  readonly stagingRoot: string;
  readonly plainRecord: string;
  readonly layerFolders: readonly string[];
  /** The trees with one folder for each version: its files, its quarantined rows, and its rejected records. */
  readonly versionTrees: readonly string[];

  inEnvironment(environment: string): Layout;
  stagingOf(token: string): string;
  stagingIn(environment: string): string;
  manifest(generation: number): string;
  manifestTemporary(generation: number, token: string): string;
  run(run: number): string;
  runTemporary(run: number, token: string): string;
  leaseNeighbour(token: string, suffix: 'beat' | 'stale' | 'tmp'): string;
  cacheFile(name: string): string;
  versions(table: TableName): string;
  version(table: TableName, directory: string): string;
  /** What is known of a version besides its files, beside its folder: outsiders may read that as a table. */
  versionRecord(table: TableName, directory: string): string;
  versionRecordTemporary(table: TableName, directory: string, token: string): string;
  quarantine(table: TableName, directory: string): string;
  rejects(table: TableName, directory: string): string;
  /** Rejected records of runs that did not publish the table they were rejected for: a folder for each run. */
  readonly runRejects: string;
  rejectsOfRun(run: number): string;
  /** What outsiders read, relative to the project, with forward slashes. */
  plainPath(table: TableName, form: PlainForm): string;
  plain(table: TableName, form: PlainForm): string;
  /** A name beside the plain one that no `*.parquet` glob matches. */
  plainTemporary(table: TableName, token: string): string;
  /** Where what is in the way goes when a repair takes a path of the lake's own away; `repair` names the repair. */
  setAside(repair: string, path: string): string;
  /** A path as people write it: relative to the project, with forward slashes. */
  displayed(path: string): string;
  /** Where a file goes that somebody else put in a plain name's place. */
  outside(table: TableName, form: PlainForm): string;
}

/** Makes the layout of a project's lake. Throws a ProblemError `cli.usage` for a bad environment's name. */
export function layoutOf(root: string, environment: string): Layout {
  if (!environmentName.test(environment)) {
    throw new ProblemError(
      problem('cli.usage', `“${environment}” can't name an environment.`, {
        hint: 'Use up to 32 lower-case letters, digits, - and _, a letter first.',
      }),
    );
  }
  const own = (...parts: string[]) => join(root, '.ratatouille', ...parts);
  const plainPath = (name: TableName, form: PlainForm) =>
    `data/${name.layer}/${name.table}${form === 'file' ? '.parquet' : ''}`;
  return {
    root,
    environment,
    own: own(),
    landing: join(root, 'data', 'landing'),
    cache: own('cache'),
    logs: own('logs'),
    outputs: own('outputs'),
    spill: own('spill'),
    manifests: own('manifests', environment),
    environments: own('manifests'),
    runs: own('runs', environment),
    leases: own('lease'),
    lease: own('lease', `${environment}.json`),
    staging: own('staging', environment),
    stagingRoot: own('staging'),
    plainRecord: own('plain-names.json'),
    layerFolders: layers.map((layer) => join(root, 'data', layer)),
    versionTrees: [own('versions'), own('quarantine'), own('rejects')],
    runRejects: own('run-rejects', environment),
    inEnvironment: (other) => layoutOf(root, other),
    stagingOf: (token) => own('staging', environment, token),
    stagingIn: (other) => own('staging', other),
    manifest: (generation) => own('manifests', environment, numbered(generation)),
    manifestTemporary: (generation, token) =>
      own('manifests', environment, `${numbered(generation)}.${token}.tmp`),
    run: (run) => own('runs', environment, numbered(run)),
    runTemporary: (run, token) => own('runs', environment, `${numbered(run)}.${token}.tmp`),
    leaseNeighbour: (token, suffix) => own('lease', `${environment}.${token}.${suffix}`),
    cacheFile: (name) => own('cache', `${name}.json`),
    versions: (name) => own('versions', name.layer, name.table),
    version: (name, directory) => own('versions', name.layer, name.table, directory),
    versionRecord: (name, directory) => own('versions', name.layer, name.table, `${directory}.json`),
    versionRecordTemporary: (name, directory, token) =>
      own('versions', name.layer, name.table, `${directory}.${token}.tmp`),
    quarantine: (name, directory) => own('quarantine', name.layer, name.table, directory),
    rejects: (name, directory) => own('rejects', name.layer, name.table, directory),
    rejectsOfRun: (run) => own('run-rejects', environment, String(run).padStart(8, '0')),
    plainPath,
    plain: (name, form) => join(root, plainPath(name, form)),
    plainTemporary: (name, token) => join(root, 'data', name.layer, `.${name.table}.${token}.tmp`),
    setAside: (repair, path) => own('set-aside', repair, relative(own(), path)),
    displayed: (path) => relative(root, path).split(sep).join('/'),
    outside: (name, form) => own('outside', name.layer, `${name.table}${form === 'file' ? '.parquet' : ''}`),
  };
}

/** The generation or run that a file's name stands for; undefined for any other file. */
export function numberOf(fileName: string): number | undefined {
  const digits = generationName.exec(fileName)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Tells whether a file under `data/<layer>/` is one that {@link Layout.plainTemporary} names. */
export function isPlainTemporary(fileName: string): boolean {
  return /^\.[a-z0-9_]+\.[0-9a-f-]{36}\.tmp$/.test(fileName);
}

/** A folder name for a new version: its number and a part that no other writer has. */
export function versionDirectory(version: number, unique: string): string {
  return `${String(version).padStart(6, '0')}-${unique}`;
}

/** The version folder that a name in a version tree is of: itself, or its record beside it. */
export function versionDirectoryOf(name: string): string {
  return name.replace(/\.json$/, '');
}

function numbered(count: number): string {
  return `${String(count).padStart(8, '0')}.json`;
}
