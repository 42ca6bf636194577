import { formatMoment } from '../../language/moment.js';
import type { KeptTable, KeptTableVersion } from '../../protocol/tableHistory.js';
import { formatQuantity } from '../../protocol/wording.js';

/** A version that a person may bring back. */
export interface RestoreChoice {
  readonly table: string;
  readonly version: number;
  readonly label: string;
  readonly description: string;
}

/** The versions of some tables that are not current, each table's newest first. Pure. */
export function restoreChoices(
  tables: readonly KeptTable[],
  timeZone?: string,
): readonly (readonly [heading: string, choices: readonly RestoreChoice[]])[] {
  return tables.map((table) => [
    `${table.name}${table.removed ? ', which was removed' : ''}`,
    table.versions
      .filter(({ current }) => !current)
      .toSorted((one, other) => other.version - one.version)
      .map((version) => choiceOf(table, version, timeZone)),
  ]);
}

function choiceOf(
  { name, form }: KeptTable,
  { version, rows, run, publishedAt }: KeptTableVersion,
  timeZone: string | undefined,
): RestoreChoice {
  const size = form === 'view' ? 'view' : formatQuantity(rows, 'row');
  const description = `${size} · built ${formatMoment(publishedAt, timeZone)} by run ${run}`;
  return { table: name, version, label: `Version ${version}`, description };
}
