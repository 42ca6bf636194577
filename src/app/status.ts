import { readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Manifest, TableEntry } from '../lake/manifest.js';
import type { PlainName } from '../lake/plainNames.js';
import { parseTableName } from '../lake/tableName.js';
import { standingWarnings } from '../pipeline/ending.js';
import { unknownOrphan, whyOrphansAreUnknown } from '../protocol/orphans.js';
import type { PlanEntry, PlanReport } from '../protocol/run.js';
import type { LandingFileStatus, TableState, TableStatus } from '../protocol/status.js';

/** How every table stands: those of the plan, and those that no model builds any more. Pure. */
export function tableStatuses(
  plan: PlanReport,
  manifest: Manifest,
  damage: ReadonlyMap<string, string>,
  plainNames: readonly PlainName[],
  plainPath: (entry: TableEntry) => string,
): readonly TableStatus[] {
  const changed = new Map(plainNames.map((plain) => [plain.table, plain]));
  const planned = plan.entries.map((entry) => {
    const key = entry.model.toLowerCase();
    const current = manifest.tables[key];
    const { state, reason } = stateOf(entry, current, damage.get(key), changed.get(key));
    const { notebook, cell } = entry;
    return { ...factsOf(entry.model, entry.form, current, plainPath), state, reason, notebook, cell };
  });
  const orphans = plan.orphans.flatMap((name) => {
    const current = manifest.tables[name.toLowerCase()];
    if (current === undefined) return [];
    return [{ ...factsOf(name, current.form, current, plainPath), ...standingOfOrphan(plan) }];
  });
  return [...planned, ...orphans];
}

function standingOfOrphan({ problems }: PlanReport): Pick<TableStatus, 'state' | 'reason'> {
  const why = whyOrphansAreUnknown(problems);
  return why === undefined
    ? { state: 'orphaned', reason: 'no notebook builds it any more' }
    : { state: 'unknown', reason: unknownOrphan(why) };
}

function stateOf(
  entry: PlanEntry,
  current: TableEntry | undefined,
  damage: string | undefined,
  plain: PlainName | undefined,
): { readonly state: TableState; readonly reason: string } {
  if (current === undefined) return { state: 'never built', reason: entry.reason };
  if (damage !== undefined) return { state: 'damaged', reason: damage };
  if (plain !== undefined && (plain.state === 'changed' || plain.state === 'missing')) {
    const what = plain.state === 'missing' ? 'is missing' : 'was changed by another program';
    return { state: 'changed from outside', reason: `${plain.path} ${what}; the next run restores it` };
  }
  return { state: entry.action === 'skip' ? 'fresh' : 'stale', reason: entry.reason };
}

type Facts = Omit<TableStatus, 'state' | 'reason' | 'notebook' | 'cell'>;

function factsOf(
  name: string,
  form: 'table' | 'view',
  current: TableEntry | undefined,
  plainPath: (entry: TableEntry) => string,
): Facts {
  const { layer } = parseTableName(name);
  if (current === undefined) return { name, layer, form };
  const { version, run, publishedAt, rows, bytes, rejects } = current.version;
  const stored = current.form === 'table' ? { rows, bytes, path: plainPath(current) } : {};
  const standing = standingWarnings(current.version);
  const rejected = rejects && { rejected: rejects.records };
  return {
    name,
    layer,
    form,
    version,
    run,
    publishedAt,
    ...stored,
    ...rejected,
    ...(standing && { standing }),
  };
}

/** The files in landing, hidden ones left out, by path. */
export function landingFiles(directory: string): readonly LandingFileStatus[] {
  let entries: ReturnType<typeof listAll>;
  try {
    entries = listAll(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({
      path: relative(directory, file).split(sep).join('/'),
      bytes: statSync(file).size,
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function listAll(directory: string) {
  return readdirSync(directory, { recursive: true, withFileTypes: true });
}
