import { formatCount, formatQuantity, meaningOfLayer } from '../protocol/wording.js';
import { descriptionOf, type KnownTable, ownerOf } from './catalog.js';
import { formatMoment } from './moment.js';
import type { VisibleColumn } from './visibleColumns.js';

/** A hover is to be read at a glance; the tree has all columns. */
const mostColumns = 25;

/** What is known of a table, as Markdown. */
export function describeTable(
  table: KnownTable,
  options: { readonly columns: readonly VisibleColumn[]; readonly timeZone?: string },
): string {
  const { name, form } = table;
  const parts = [
    `**${name}** · ${form}`,
    escaped(descriptionOf(table) ?? ''),
    publication(table, options.timeZone),
    columnTable(options.columns),
    provenance(table),
    `*${meaningOfLayer(name)}*`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function publication({ published, form }: KnownTable, timeZone: string | undefined): string {
  if (published === undefined) return 'Not built yet: run the cell that builds it.';
  const { rows, version, run, publishedAt } = published.version;
  const count = form === 'view' ? [] : [formatQuantity(rows, 'row')];
  return [...count, `version ${version} of run ${run}`, formatMoment(publishedAt, timeZone)].join(' · ');
}

function columnTable(columns: readonly VisibleColumn[]): string {
  if (columns.length === 0) return '';
  const rows = columns
    .slice(0, mostColumns)
    .map(
      ({ name, type, description }) => `| ${cell(name)} | ${cell(type ?? '')} | ${cell(description ?? '')} |`,
    );
  const more = columns.length - rows.length;
  const rest = more > 0 ? [`\n… and ${formatCount(more)} more`] : [];
  return ['| column | type | |', '|:---|:---|:---|', ...rows, ...rest].join('\n');
}

function provenance(table: KnownTable): string {
  const { model } = table;
  const owner = ownerOf(table);
  const facts = [
    ...(owner === undefined ? [] : [`Owner: ${escaped(owner)}`]),
    model === undefined
      ? 'No notebook builds it any more'
      : `Built in ${escaped(model.notebook)}, cell ${model.cell}`,
  ];
  return facts.join(' · ');
}

/** One column, as Markdown. */
export function describeColumn({ name, type, description, from }: VisibleColumn): string {
  const head = [
    `**${escaped(name)}**`,
    ...(type === undefined ? [] : [`\`${type}\``]),
    `of ${escaped(from)}`,
  ].join(' · ');
  return description === undefined ? head : `${head}\n\n${escaped(description)}`;
}

function cell(text: string): string {
  return escaped(text).replaceAll('|', '\\|').replaceAll(/\r?\n/g, ' ');
}

/** A person's words, which are no Markdown. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#!]/g, '\\$&');
}
