import type { TableState } from '../protocol/status.js';
import { formatQuantity } from '../protocol/wording.js';
import { normaliseSql } from '../sql/normalise.js';
import type { PublishedTable } from './catalog.js';
import type { CellModel } from './definedModels.js';
import { formatMoment } from './moment.js';

/** One short fact below a cell, and what a click on it does. */
export interface CellFact {
  readonly text: string;
  /** What the fact means, or what a click does. */
  readonly tooltip: string;
  readonly action?: 'run' | 'reveal file';
}

/** How a table stands, as far as it can be told without its engine. */
export interface Standing {
  readonly state: TableState;
  /** In words a person can act on. */
  readonly reason: string;
}

/** What was built, as far as an edit can be told from it. */
interface EditedTable {
  readonly form: PublishedTable['form'];
  readonly version: Pick<PublishedTable['version'], 'sql' | 'checks' | 'run'>;
}

/** What is said below a cell of a model that it builds: whether it is fresh, its rows, when it was built. */
export function describeCellModel(
  model: CellModel,
  published: PublishedTable | undefined,
  standing: Standing,
  timeZone?: string,
): readonly CellFact[] {
  const { name } = model;
  if (published === undefined) {
    const tooltip = `No run has built ${name} yet. Click to run this cell.`;
    return [{ text: `$(circle-large-outline) ${name}: never built`, tooltip, action: 'run' }];
  }
  const change = changeOf(model, published, standing);
  return [change === undefined ? fresh(model) : stale(name, change), ...history(published, timeZone)];
}

function fresh({ name, form }: CellModel): CellFact {
  const text = `$(pass) ${name}: fresh`;
  if (form === 'view')
    return {
      text,
      tooltip: `${name} is up to date. A view stores no rows: it is computed whenever it is read.`,
    };
  return { text, tooltip: `${name} is up to date. Click to show its file.`, action: 'reveal file' };
}

function stale(name: string, change: string): CellFact {
  return {
    text: `$(circle-large-filled) ${name}: ${change}`,
    tooltip: `${name} is as it was built before. Click to run this cell.`,
    action: 'run',
  };
}

/**
 * How a model differs from what its table was built by; undefined where it does not in what makes other rows, as
 * blanks and comments. It need not be an edit: an earlier version may have been restored.
 */
export function editOf(
  model: Pick<CellModel, 'form' | 'select' | 'checks'>,
  { form, version }: EditedTable,
): string | undefined {
  if (form !== model.form || normaliseSql(version.sql) !== normaliseSql(model.select))
    return `its SQL differs from that of run ${version.run}`;
  return checksText(version.checks) === checksText(model.checks)
    ? undefined
    : `its checks differ from those of run ${version.run}`;
}

/** What happened since the table was built, the nearest first; undefined where nothing did. */
function changeOf(model: CellModel, published: PublishedTable, standing: Standing): string | undefined {
  const stale = standing.state === 'stale' ? standing.reason : undefined;
  return editOf(model, published) ?? stale;
}

function checksText(checks: CellModel['checks']): string {
  return checks.map(({ check, action }) => `${check} | ${action}`).join('\n');
}

function history({ form, version }: PublishedTable, timeZone: string | undefined): readonly CellFact[] {
  const { rows, run, publishedAt } = version;
  const moment = formatMoment(publishedAt, timeZone);
  const built = { text: `built ${moment}`, tooltip: `Version ${version.version}, built by run ${run}` };
  return form === 'view' ? [built] : [{ ...built, text: formatQuantity(rows, 'row') }, built];
}
