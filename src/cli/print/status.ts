import { layers } from '../../protocol/layer.js';
import type { LandingFileStatus, StatusReport, TableState, TableStatus } from '../../protocol/status.js';
import {
  describeRejected,
  describeStanding,
  formatBytes,
  formatCount,
  formatElapsed,
  formatQuantity,
} from '../../protocol/wording.js';
import type { Style } from '../style.js';
import { layOutGrid } from './grid.js';
import { visibleText } from './visibleText.js';

const shownLandingFiles = 10;

/** The lake at a glance: what landed, the tables layer by layer, the last run, and who writes now. */
export function formatStatus(report: StatusReport, style: Style): string {
  const title = style.colours.bold(visibleText(report.project, style.symbols));
  const sections = [
    `${title}, environment ${report.environment}, generation ${report.generation}`,
    formatLanding(report.landing, style),
    ...layers.flatMap((layer) => formatLayer(layer, report.tables, style)),
    formatActivity(report),
  ];
  return sections.join('\n\n');
}

function formatLanding(files: readonly LandingFileStatus[], style: Style): string {
  const bytes = files.reduce((total, file) => total + file.bytes, 0);
  const title = `${style.colours.bold('landing')}  ${formatQuantity(files.length, 'file')}, ${formatBytes(bytes)}`;
  const shown = files
    .slice(0, shownLandingFiles)
    .map(
      (file) => `  ${visibleText(file.path, style.symbols)}  ${style.colours.dim(formatBytes(file.bytes))}`,
    );
  const rest = files.length - shown.length;
  if (rest > 0) shown.push(`  ${style.symbols.ellipsis} and ${formatQuantity(rest, 'more file')}`);
  return [title, ...shown].join('\n');
}

function formatLayer(layer: string, all: readonly TableStatus[], style: Style): string[] {
  const tables = all.filter((table) => table.layer === layer);
  if (tables.length === 0) return [];
  const columns = [
    { title: layer },
    { title: 'state' },
    { title: 'rows', align: 'right' as const },
    { title: 'size', align: 'right' as const },
    { title: 'version', align: 'right' as const },
    { title: 'run', align: 'right' as const },
    { title: 'path' },
    { title: 'why' },
  ];
  return [
    layOutGrid(
      columns,
      tables.map((table) => tableRow(table, style)),
      style,
    ).text,
  ];
}

function tableRow(table: TableStatus, style: Style): string[] {
  const optional = (value: number | undefined, format: (value: number) => string) =>
    value === undefined ? '' : format(value);
  return [
    table.name.slice(table.name.indexOf('.') + 1) + (table.form === 'view' ? ' (view)' : ''),
    `${stateSymbol(table.state, style)} ${table.state}`,
    optional(table.rows, formatCount),
    optional(table.bytes, formatBytes),
    optional(table.version, String),
    optional(table.run, String),
    table.path ?? '',
    whyOf(table),
  ];
}

function whyOf({ reason, rejected, standing }: TableStatus): string {
  const more = [
    rejected === undefined ? [] : describeRejected(rejected),
    standing === undefined ? [] : describeStanding(standing),
  ];
  return [reason, ...more.flat()].join('; ');
}

function stateSymbol(state: TableState, { symbols }: Style): string {
  if (state === 'fresh') return symbols.done;
  if (state === 'damaged') return symbols.failed;
  return state === 'changed from outside' ? symbols.warning : symbols.skipped;
}

function formatActivity({ lastRun, writer }: StatusReport): string {
  const last = lastRun ? formatLastRun(lastRun) : 'Nothing has run yet; ratatouille run builds the tables.';
  if (!writer) return last;
  return `${last}\nNow being written by ${writer}.`;
}

function formatLastRun({ run, status, startedAt, elapsedMs }: NonNullable<StatusReport['lastRun']>): string {
  if (status === 'running') return `Run ${run} goes on, started ${startedAt}.`;
  if (status === 'interrupted') return `Run ${run} was interrupted, started ${startedAt}; run again.`;
  return `Run ${run} ${status} in ${formatElapsed(elapsedMs)}, started ${startedAt}.`;
}
