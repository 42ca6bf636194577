import { randomUUID } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { type Problem, warning } from '../protocol/problem.js';
import type { LakeContext } from './context.js';
import { damageOf } from './damage.js';
import { removeLeftover } from './durable.js';
import type { FileStatus } from './fileSystem.js';
import { defaultEnvironment } from './layout.js';
import type { Manifest } from './manifest.js';
import { fileCallsAtOnce, inParallel } from './parallel.js';
import { placePlain, preparePlain, sourceOf, type WantedPlain } from './plainFile.js';
import { bearsMark, type PlainMark, type PlainMarks, readMarks, writeMarks } from './plainRecord.js';
import { parseTableName } from './tableName.js';

/**
 * How a plain name stands to the current version: `behind` shows an earlier one, `changed` what another program
 * put there, `unwanted` a table that is gone; for `damaged` the version itself is not what was published.
 */
export type PlainState = 'current' | 'missing' | 'behind' | 'changed' | 'unwanted' | 'absent' | 'damaged';

export interface PlainName {
  /** `layer.name` in lower case. */
  readonly table: string;
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly state: PlainState;
}

/** What became of plain names: a failure leaves the old name in place until the next writer starts. */
export interface PlainOutcome {
  /** Those that another program had changed. What it put there was moved aside. */
  readonly restored: readonly PlainName[];
  readonly problems: readonly Problem[];
}

interface Inspected extends PlainName {
  readonly wanted?: WantedPlain;
  /** Describes what stands there, if it is the lake's. */
  readonly mark?: PlainMark;
}

interface Prepared extends Inspected {
  readonly wanted: WantedPlain;
  readonly temporary: string;
  readonly next: PlainMark;
}

/** Finds all plain names that do not show their table's current version. Opens no file. */
export async function checkPlainNames(context: LakeContext, manifest: Manifest): Promise<PlainName[]> {
  const inspected = await inspectAll(context, manifest, await readMarks(context));
  return inspected.filter(({ state }) => state !== 'current' && state !== 'absent').map(asPlainName);
}

/**
 * Makes plain names show the current versions: those of the tables in `keys`, or all. Only the default
 * environment has plain names. Every name can fail by itself, as when Windows has its file open.
 */
export async function bringPlainNames(
  context: LakeContext,
  manifest: Manifest,
  keys?: ReadonlySet<string>,
): Promise<PlainOutcome> {
  const marks = await readMarks(context);
  const inspected = await inspectAll(context, manifest, marks, keys);
  const having = (...states: PlainState[]) => inspected.filter(({ state }) => states.includes(state));
  const problems: Problem[] = [];
  const token = randomUUID();
  const prepared = await attemptEach(having('missing', 'behind', 'changed'), problems, (name) =>
    prepare(context, name, token),
  );
  await keepMarks(context, marks, prepared, having('absent'));
  const placed = await attemptEach(prepared, problems, async (name) => {
    await placePlain(context, name.wanted, name.temporary, name.state === 'changed');
    return name;
  });
  await attemptEach(having('unwanted'), problems, (name) =>
    context.fileSystem.remove(resolve(context.layout.root, name.path)),
  );
  const restored = placed.filter(({ state }) => state === 'changed').map(asPlainName);
  return { restored, problems };
}

async function prepare(context: LakeContext, name: Inspected, token: string): Promise<Prepared> {
  const { wanted } = name;
  if (wanted === undefined) throw new Error(`${name.path} has no version`);
  const temporary = context.layout.plainTemporary(wanted.table, token);
  const { inode, bytes, modifiedMs } = await preparePlain(context, wanted, temporary);
  const { host } = await context.processes.self();
  return {
    ...name,
    wanted,
    temporary,
    next: { directory: wanted.directory, host, inode, bytes, modifiedMs },
  };
}

/** Beside the next mark stays that of what stands there until the new content is in place. */
async function keepMarks(
  context: LakeContext,
  marks: PlainMarks,
  prepared: readonly Prepared[],
  absent: readonly PlainName[],
): Promise<void> {
  if (prepared.length === 0 && absent.length === 0) return;
  const names: Record<string, readonly PlainMark[]> = { ...marks };
  for (const { path } of absent) delete names[path];
  for (const { path, mark, next } of prepared) names[path] = mark === undefined ? [next] : [next, mark];
  try {
    await writeMarks(context, names);
  } catch (error) {
    for (const { temporary } of prepared) await removeLeftover(context, temporary);
    throw error;
  }
}

function asPlainName({ table, path, state }: PlainName): PlainName {
  return { table, path, state };
}

async function attemptEach<Name extends PlainName, Result>(
  names: readonly Name[],
  problems: Problem[],
  task: (name: Name) => Promise<Result>,
): Promise<Result[]> {
  const results = await inParallel(names, fileCallsAtOnce, async (name) => {
    try {
      return [await task(name)];
    } catch (error) {
      problems.push(notPlaced(name, error));
      return [];
    }
  });
  return results.flat();
}

function notPlaced(name: PlainName, error: unknown): Problem {
  return warning('lake.plain-name', `${name.path} could not be brought up to date.`, {
    hint: 'Close the programs that have it open; the next run finishes it. Queries here are not concerned.',
    place: { file: name.path },
    cause: error instanceof Error ? error.message : String(error),
  });
}

async function inspectAll(
  context: LakeContext,
  manifest: Manifest,
  marks: PlainMarks,
  keys?: ReadonlySet<string>,
): Promise<Inspected[]> {
  if (manifest.environment !== defaultEnvironment) return [];
  const wanted = wantedNames(context, manifest);
  const paths = [...new Set([...wanted.keys(), ...Object.keys(marks)])].filter(
    (path) => plainPath.test(path) && (keys === undefined || keys.has(tableOf(path))),
  );
  const { host } = await context.processes.self();
  return inParallel(paths, fileCallsAtOnce, async (path) => {
    const actual = await context.fileSystem.status(resolve(context.layout.root, path));
    const mark = actual && marks[path]?.find((candidate) => bearsMark(actual, candidate, host));
    const want = wanted.get(path);
    const state =
      want === undefined
        ? standing(mark)
        : await compare(context, resolve(context.layout.root, path), want, actual, mark);
    const known = mark === undefined ? {} : { mark };
    return { table: tableOf(path), path, state, ...known, ...(want === undefined ? {} : { wanted: want }) };
  });
}

/** What others made of a name that the lake gave up is theirs. */
function standing(mark: PlainMark | undefined): PlainState {
  return mark === undefined ? 'absent' : 'unwanted';
}

async function compare(
  context: LakeContext,
  path: string,
  wanted: WantedPlain,
  actual: FileStatus | undefined,
  mark: PlainMark | undefined,
): Promise<PlainState> {
  const source = await context.fileSystem.status(sourceOf(context, wanted));
  if (isDamaged(wanted, source)) return 'damaged';
  if (actual === undefined) return 'missing';
  if (await showsVersion(context, path, actual, wanted, source)) return 'current';
  if (mark === undefined) return 'changed';
  return mark.directory === wanted.directory && wanted.form === 'file' ? 'current' : 'behind';
}

function isDamaged(wanted: WantedPlain, source: FileStatus | undefined): boolean {
  const [first] = wanted.files;
  if (wanted.form === 'directory' || first === undefined) return source?.kind !== 'directory';
  return damageOf(first, source) !== undefined;
}

/** Tells without marks: a hard link to the version's file, or a link to its folder. */
async function showsVersion(
  context: LakeContext,
  path: string,
  actual: FileStatus,
  wanted: WantedPlain,
  source: FileStatus | undefined,
): Promise<boolean> {
  if (wanted.form === 'file') return actual.kind === 'file' && actual.inode === source?.inode;
  if (actual.kind !== 'link') return false;
  const target = resolve(dirname(path), await context.fileSystem.readLink(path));
  return target === resolve(sourceOf(context, wanted));
}

function wantedNames({ layout }: LakeContext, manifest: Manifest): Map<string, WantedPlain> {
  const wanted = new Map<string, WantedPlain>();
  for (const [key, { version }] of Object.entries(manifest.tables)) {
    const { directory, plain: form, files } = version;
    if (directory === undefined || form === undefined) continue;
    const table = parseTableName(key);
    wanted.set(layout.plainPath(table, form), { table, form, directory, files });
  }
  return wanted;
}

const plainPath = /^data\/(\w+)\/(\w+?)(\.parquet)?$/;

/** `data/silver/sales.parquet` and `data/silver/sales` are both `silver.sales`. */
function tableOf(path: string): string {
  return path.replace(plainPath, '$1.$2');
}
