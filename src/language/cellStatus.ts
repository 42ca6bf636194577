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
  readonly action?: 'run' | 'reveal file' | 'keep versions';
}

/** How a table stands, as far as it can be told without its engine. */
export interface Standing {
  readonly state: TableState;
  /** In words a person can act on. */
  readonly reason: string;
  /** The names that it seems to have had and to have now. */
  readonly renaming?: Renaming;
}

/** What a table was called and is to be called, each as `layer.name`. */
export interface Renaming {
  readonly from: string;
  readonly to: string;
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
  if (published === undefined) return [neverBuilt(name), ...renamed(standing)];
  const change = changeOf(model, published, standing);
  return [change === undefined ? fresh(model) : stale(name, change), ...history(published, timeZone)];
}

function neverBuilt(name: string): CellFact {
  return {
    text: `$(circle-large-outline) never built · ${shortened(name)}`,
    tooltip: `No run has built ${name} yet. Click to run this cell.`,
    action: 'run',
  };
}

function renamed({ renaming }: Standing): readonly CellFact[] {
  if (renaming === undefined) return [];
  const { from, to } = renaming;
  const tooltip = `${from}, which no notebook builds any more, was built by the same SELECT. Click to give it the name ${to}, with all its versions, instead of building it anew.`;
  return [{ text: `$(history) keep the versions of ${shortened(from)}`, tooltip, action: 'keep versions' }];
}

function fresh({ name, form }: CellModel): CellFact {
  const text = `$(pass) fresh · ${shortened(name)}`;
  if (form === 'view')
    return {
      text,
      tooltip: `${name} is up to date. A view stores no rows: it is computed whenever it is read.`,
    };
  return { text, tooltip: `${name} is up to date. Click to show its file.`, action: 'reveal file' };
}

function stale(name: string, change: string): CellFact {
  return {
    text: `$(circle-large-filled) stale: ${shortened(change)} · ${shortened(name)}`,
    tooltip: `${name} is as it was built before: ${change}. Click to run this cell.`,
    action: 'run',
  };
}

/** A line below a cell is cut at its end, whatever comes there: long names in it give way. */
function shortened(text: string): string {
  return text.replaceAll(longNames, '$1…$2');
}

/** A name of more than 28 characters by its first 18 and its last 9. */
const longNames = /([\w.]{18})[\w.]{2,}([\w.]{9})/g;

/**
 * How a model differs from what its table was built by; undefined where it does not in what makes other rows, as
 * blanks and comments. It need not be an edit: an earlier version may have been restored.
 */
export function editOf(
  model: Pick<CellModel, 'form' | 'select' | 'checks'>,
  { form, version }: EditedTable,
): string | undefined {
  if (!isBuiltBy(model, { form, version })) return `its SQL differs from that of run ${version.run}`;
  return checksText(version.checks) === checksText(model.checks)
    ? undefined
    : `its checks differ from those of run ${version.run}`;
}

/** Tells whether a model is, but for its name and its checks, the one that built a table. */
export function isBuiltBy(
  model: Pick<CellModel, 'form' | 'select'>,
  { form, version }: Pick<EditedTable, 'form'> & { readonly version: { readonly sql: string } },
): boolean {
  return form === model.form && normaliseSql(version.sql) === normaliseSql(model.select);
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
