import { noRejects } from '../ingest/rejectTable.js';
import type { KeptVersion, TableEntry } from '../lake/manifest.js';
import type { Snapshot } from '../lake/snapshot.js';
import { ProblemError, problem } from '../protocol/problem.js';
import { lakeKey, parseLakeTable } from '../sql/names.js';
import type { TableFunctionReference } from '../sql/parser.js';
import type { PipelineContext } from './context.js';
import { parquetSource } from './parquetSource.js';
import { quarantineRows } from './quarantineRows.js';

/** Functions for rows that are kept beside a table: what `drop` checks took out, and records that did not fit. */
export const keptFunctions = ['quarantine', 'rejects'] as const;
export type KeptFunction = (typeof keptFunctions)[number];

/** Whose rows: those of the current version, of one run, or of all that are kept. */
type Wanted = number | 'current' | 'all';

type Parts = Pick<PipelineContext, 'lake'>;

/** The function that a call in a FROM is of; undefined for any other. */
export function keptFunctionOf({ name }: TableFunctionReference): KeptFunction | undefined {
  return keptFunctions.find((each) => each === name.toLowerCase());
}

/**
 * The query for a call of one of them. Throws a ProblemError: `graph.unknown-table` for a table or a run that
 * is not there, `sql.failed` for other arguments than a table's name and a run.
 */
export async function keptRows(
  { lake }: Parts,
  what: KeptFunction,
  call: TableFunctionReference,
  snapshot: Snapshot,
): Promise<string> {
  const [tableName = ''] = call.args;
  const wanted = wantedRun(what, call);
  const table = parseLakeTable(tableName);
  const entry = table === undefined ? undefined : snapshot.manifest.tables[lakeKey(table)];
  const failed = table === undefined || what === 'quarantine' ? [] : await lake.runRejects(lakeKey(table));
  if (entry?.form === 'view' || (entry === undefined && failed.length === 0)) throw noTable(what, tableName);
  const versions = versionsOf(entry, wanted);
  const runs = failed.filter(({ run }) => wanted === 'all' || run === wanted);
  if (typeof wanted === 'number' && versions.length + runs.length === 0) await requireRun(lake, what, wanted);
  if (what === 'quarantine' && entry !== undefined) {
    const parts = versions.map(({ run, version }) => {
      return { run, files: snapshot.quarantine(entry.name, version) ?? [] };
    });
    return quarantineRows(entry, parts, snapshot.files(entry.name) ?? []);
  }
  const files = [
    ...runs.flatMap((each) => each.files),
    ...versions.flatMap(({ version }) => snapshot.rejects(entry?.name ?? '', version) ?? []),
  ];
  return files.length > 0 ? `SELECT * FROM ${parquetSource(files, 'name')}` : noRejects();
}

function wantedRun(what: KeptFunction, { args, named }: TableFunctionReference): Wanted {
  const { run, ...others } = named;
  const isPlain = args.length === 1 && args[0] !== undefined && Object.keys(others).length === 0;
  if (isPlain && !('run' in named)) return 'current';
  if (isPlain && run?.toLowerCase() === 'all') return 'all';
  if (isPlain && run !== undefined && /^[0-9]{1,9}$/.test(run)) return Number(run);
  throw new ProblemError(
    problem('sql.failed', `${what}() takes a table's name in quotes, and perhaps a run.`, {
      hint: `Write ${what}('bronze.sales'), ${what}('bronze.sales', run => 12) or ${what}('bronze.sales', run => 'all').`,
    }),
  );
}

function versionsOf(entry: TableEntry | undefined, wanted: Wanted): readonly KeptVersion[] {
  if (entry === undefined) return [];
  if (wanted === 'current') return [entry.version];
  const kept = [entry.version, ...entry.earlier].reverse();
  return wanted === 'all' ? kept : kept.filter(({ run }) => run === wanted);
}

/** Without its record nobody knows what a run did: no rows would say that it rejected none. */
async function requireRun({ runs }: Parts['lake'], what: KeptFunction, run: number): Promise<void> {
  if ((await runs.read(run)) !== undefined) return;
  const [newest] = await runs.list(1);
  throw new ProblemError(
    problem(
      'graph.unknown-table',
      `Run ${run} is not kept, so nobody knows what it ${what === 'rejects' ? 'rejected' : 'quarantined'}.`,
      {
        hint:
          newest === undefined
            ? 'There was no run yet.'
            : `The newest run is ${newest.run}; \`run => 'all'\` gives all that is kept.`,
      },
    ),
  );
}

function noTable(what: KeptFunction, tableName: string): ProblemError {
  return new ProblemError(
    problem(
      'graph.unknown-table',
      `There ${what === 'rejects' ? 'are no rejects' : 'is no quarantine'} of ${tableName}.`,
      {
        hint: `Name a published table, as in ${what}('${what === 'rejects' ? 'bronze' : 'silver'}.sales').`,
      },
    ),
  );
}
