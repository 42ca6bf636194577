import type { Manifest } from '../../lake/manifest.js';
import type { FirstRowsRequest } from '../../protocol/kernel.js';
import type { ModelOutcome, RunRecord } from '../../protocol/run.js';
import { formatCount } from '../../protocol/wording.js';
import type { DataTable } from './projectData.js';

/** Rows that belong to a table and are kept beside it. */
export interface RowsApart {
  readonly kind: 'rejected' | 'quarantined';
  readonly rows: number;
  /** The run that failed by them; absent for those of the current version. */
  readonly run?: number;
}

/**
 * The tables with what is kept beside them: records rejected and rows dropped from the current version, and records
 * that the last attempt to build it was refused for.
 * @param records newest first
 */
export function withRowsApart(
  tables: readonly DataTable[],
  manifest: Manifest,
  records: readonly RunRecord[],
): readonly DataTable[] {
  return tables.map((table) => {
    const apart = [
      ...failedRejects(table, records),
      ...currentRows(manifest.tables[table.name.toLowerCase()]?.version),
    ];
    return apart.length === 0 ? table : { ...table, apart };
  });
}

function currentRows(version: Manifest['tables'][string]['version'] | undefined): readonly RowsApart[] {
  const rejected = version?.rejects?.records ?? 0;
  const quarantined = version?.quarantine.reduce((sum, { rows }) => sum + rows, 0) ?? 0;
  return [
    ...(rejected > 0 ? [{ kind: 'rejected' as const, rows: rejected }] : []),
    ...(quarantined > 0 ? [{ kind: 'quarantined' as const, rows: quarantined }] : []),
  ];
}

/** What a later run published makes up for an earlier failure. */
function failedRejects(table: DataTable, records: readonly RunRecord[]): readonly RowsApart[] {
  for (const { run, models } of records) {
    const outcome = models.find(({ model }) => model.toLowerCase() === table.name.toLowerCase());
    if (outcome === undefined || !isWork(outcome)) continue;
    if (outcome.status !== 'failed' || run < (table.run ?? 0) || !outcome.rejected) return [];
    return [{ kind: 'rejected', rows: outcome.rejected, run }];
  }
  return [];
}

function isWork({ status }: ModelOutcome): boolean {
  return status === 'built' || status === 'judged' || status === 'failed';
}

/** `12 rejected`, `37 in quarantine`. */
export function describeRowsApart({ kind, rows }: RowsApart): string {
  return `${formatCount(rows)} ${kind === 'rejected' ? 'rejected' : 'in quarantine'}`;
}

/** How a kernel is asked for them. */
export function rowsApartRequest(table: string, { kind, run }: RowsApart): FirstRowsRequest {
  if (kind === 'quarantined') return { kind: 'dropped rows', name: table };
  return { kind: 'rejected rows', name: table, ...(run !== undefined && { run }) };
}
