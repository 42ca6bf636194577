import type { Graph } from '../graph/graph.js';
import type { EarlierTables } from '../lake/earlierTables.js';
import type { Lake } from '../lake/lake.js';
import type { Manifest, TableEntry } from '../lake/manifest.js';
import { parseTableName, tableKey } from '../lake/tableName.js';
import type { PipelineContext } from '../pipeline/context.js';
import { keptTable, versionToRestore } from '../pipeline/restoring.js';
import { type Problem, ProblemError, problem } from '../protocol/problem.js';
import { suggest } from '../protocol/suggest.js';
import type { KeptTable, KeptTablesReport, RestoreReport } from '../protocol/tableHistory.js';
import { type ChangeOptions, changeLake } from './lakeChange.js';

export interface RestoreOptions extends ChangeOptions {
  /** Default: the last one of a table that was removed. */
  readonly version?: number;
}

/**
 * Makes a kept version of a table current again: of one that was removed, or an earlier one. Throws
 * ProblemErrors `graph.unknown-table`, `graph.never-built`, `restore.…`, `lake.damaged`, `model.name`.
 */
export async function restore(
  context: PipelineContext,
  readGraph: () => Promise<Graph>,
  name: string,
  { version, ...options }: RestoreOptions,
): Promise<Omit<RestoreReport, 'next'>> {
  const key = tableKey(parseTableName(name));
  const find = () => restorable(context, readGraph, name, key, version);
  // A call that can't be done should neither wait for a writer nor leave a record.
  await find();
  const { result, record } = await changeLake(context, ['restore', key], options, async (run) => {
    const found = await find();
    await run.change(async () => ({ kind: 'entry', entry: found.entry }));
    return found;
  });
  const { entry, replaced, problems } = result;
  return {
    format: 1,
    run: record.run,
    table: entry.name,
    form: entry.form,
    version: entry.version.version,
    rows: entry.version.rows,
    ...(replaced === undefined ? {} : { replaced }),
    problems: [...record.problems, ...problems],
  };
}

/** What is kept of one table, or of all. Throws a ProblemError when nothing is of the one that is named. */
export async function keptTables(
  context: PipelineContext,
  readGraph: () => Promise<Graph>,
  name?: string,
): Promise<KeptTablesReport> {
  const { lake } = context;
  const { tables } = await lake.manifest();
  const earlier = await lake.earlierTables();
  const removed = removedTables(earlier);
  const { problems } = earlier;
  if (name === undefined) return { format: 1, tables: await listKept(lake, tables, removed), problems };
  const key = tableKey(parseTableName(name));
  const only = (all: Manifest['tables']) => (all[key] === undefined ? {} : { [key]: all[key] });
  if (tables[key] === undefined && removed[key] === undefined) {
    throw new ProblemError(await nothingKept(context, readGraph, { name, key, tables, earlier }));
  }
  return { format: 1, tables: await listKept(lake, only(tables), only(removed)), problems };
}

/** Those that can be brought back: one that was renamed is there, under its new name. */
function removedTables({ tables, renamed }: EarlierTables): Manifest['tables'] {
  return Object.fromEntries(Object.entries(tables).filter(([key]) => !renamed.has(key)));
}

/** Everything that can be restored: tables that are gone, and those with an earlier version. */
async function listKept(
  lake: Lake,
  current: Manifest['tables'],
  removed: Manifest['tables'],
): Promise<readonly KeptTable[]> {
  const all = [
    ...Object.values(removed).map((entry) => ({ entry, isRemoved: true })),
    ...Object.values(current).flatMap((entry) =>
      entry.earlier.length === 0 ? [] : [{ entry, isRemoved: false }],
    ),
  ];
  const tables = await Promise.all(
    all.map(async ({ entry, isRemoved }) =>
      keptTable(entry, isRemoved, await lake.restorableVersions(entry)),
    ),
  );
  return tables.filter(({ versions }) => versions.some((version) => !version.current));
}

interface Found {
  /** As the lake is to have it. */
  readonly entry: TableEntry;
  /** The version that was current and is kept. */
  readonly replaced: number | undefined;
  /** What may be known of a table that is gone, and can't be read. */
  readonly problems: readonly Problem[];
}

async function restorable(
  context: PipelineContext,
  readGraph: () => Promise<Graph>,
  name: string,
  key: string,
  version: number | undefined,
): Promise<Found> {
  const { lake } = context;
  const { tables } = await lake.manifest();
  const current = tables[key];
  if (current !== undefined) {
    const wanted = versionToRestore(current, false, version);
    const entry = await lake.entryAtVersion(current, wanted);
    const replaced = entry.earlier.find((each) => each.version === current.version.version)?.version;
    return { entry, replaced, problems: [] };
  }
  const earlier = await lake.earlierTables();
  const last = removedTables(earlier)[key];
  if (last === undefined) {
    throw new ProblemError(await nothingKept(context, readGraph, { name, key, tables, earlier }));
  }
  const { problems, uncertain } = earlier;
  if (version === undefined && uncertain.has(key)) throw new ProblemError(lastUnknown(last, problems));
  const wanted = versionToRestore(last, true, version);
  return { entry: await lake.entryAtVersion(last, wanted), replaced: undefined, problems };
}

function lastUnknown({ name, version }: TableEntry, [unreadable]: readonly Problem[]): Problem {
  return problem('lake.damaged', `Which version of ${name} was its last one can't be told.`, {
    hint: `Name one, as --version ${version.version}, the last that is known, or restore the file from a backup that can't be read.`,
    ...(unreadable !== undefined && { cause: unreadable.message }),
  });
}

/** A table that was asked for, and what there is instead. */
interface Missing {
  readonly name: string;
  readonly key: string;
  /** Those that are there. */
  readonly tables: Manifest['tables'];
  readonly earlier: EarlierTables;
}

async function nothingKept(
  context: PipelineContext,
  readGraph: () => Promise<Graph>,
  { name, key, tables, earlier }: Missing,
): Promise<Problem> {
  const newName = earlier.renamed.get(key);
  if (newName !== undefined) {
    return problem('restore.not-kept', `${name} was renamed: it is ${newName} now, with its versions.`, {
      hint: `\`ratatouille restore ${newName} --list\` shows them.`,
    });
  }
  const [unreadable] = earlier.problems;
  if (unreadable !== undefined) {
    const { message, hint } = unreadable;
    return problem('lake.damaged', `Whether anything of ${name} is kept can't be told: ${message}`, {
      ...(hint !== undefined && { hint }),
    });
  }
  const lastBuilt = await lastRunThatBuilt(context, key);
  const isModel = (await readGraph()).nodes.has(key);
  if (lastBuilt !== undefined) {
    return problem(
      'restore.not-kept',
      `Nothing of ${name} is kept any more; run ${lastBuilt} built it last.`,
      {
        hint: `A removed table can be restored for about twenty runs that publish something. ${
          isModel
            ? `Build it again: ratatouille run ${key}`
            : 'Put its statement back into a notebook and run.'
        }`,
      },
    );
  }
  if (isModel) {
    return problem('graph.never-built', `${name} was never built.`, {
      hint: `There is nothing to restore. Build it: ratatouille run ${key}`,
    });
  }
  const close = suggest(name, Object.keys({ ...removedTables(earlier), ...tables }));
  return problem('graph.unknown-table', `There is no table ${name}, and none of this name is kept.`, {
    hint: close === undefined ? '`ratatouille restore --list` shows what is kept.' : `Did you mean ${close}?`,
  });
}

async function lastRunThatBuilt({ lake }: PipelineContext, key: string): Promise<number | undefined> {
  const records = await lake.runs.list(200);
  return records.find(({ models }) =>
    models.some(({ model, status }) => status === 'built' && model.toLowerCase() === key),
  )?.run;
}
