import { formatCount, formatQuantity, meaningOfLayer } from '../protocol/wording.js';
import { type Catalog, descriptionOf, type KnownTable, ownerOf } from './catalog.js';
import { escapeMarkdown, markdownTable } from './markdown.js';
import { formatMoment } from './moment.js';
import type { VisibleColumn } from './visibleColumns.js';

/** A hover is to be read at a glance; the tree has all columns. */
const mostColumns = 25;

/** What is to be told of a table beside itself. */
export interface TableSurroundings {
  readonly columns: readonly VisibleColumn[];
  readonly catalog: Pick<Catalog, 'unknown'>;
  readonly timeZone?: string;
}

/** What is known of a table, as Markdown. */
export function describeTable(table: KnownTable, { columns, catalog, timeZone }: TableSurroundings): string {
  const { name, form } = table;
  const parts = [
    `**${name}** · ${form}`,
    escapeMarkdown(descriptionOf(table) ?? ''),
    publication(table, timeZone),
    columnTable(columns),
    provenance(table, catalog),
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
    .map(({ name, type = '', description = '' }) => [name, type, description].map(escapeMarkdown));
  const more = columns.length - rows.length;
  const rest = more > 0 ? `\n\n… and ${formatCount(more)} more` : '';
  return markdownTable(['column', 'type', ''], rows) + rest;
}

function provenance(table: KnownTable, { unknown }: Pick<Catalog, 'unknown'>): string {
  const { model } = table;
  const orphaned =
    unknown === undefined
      ? 'No notebook builds it any more'
      : `Whether a notebook builds it is unknown ${escapeMarkdown(unknown)}`;
  const owner = ownerOf(table);
  const facts = [
    ...(owner === undefined ? [] : [`Owner: ${escapeMarkdown(owner)}`]),
    model === undefined ? orphaned : `Built in ${escapeMarkdown(model.notebook)}, cell ${model.cell}`,
  ];
  return facts.join(' · ');
}

/** One column, as Markdown. */
export function describeColumn({ name, type, description, from }: VisibleColumn): string {
  const head = [
    `**${escapeMarkdown(name)}**`,
    ...(type === undefined ? [] : [`\`${type}\``]),
    `of ${escapeMarkdown(from)}`,
  ].join(' · ');
  return description === undefined ? head : `${head}\n\n${escapeMarkdown(description)}`;
}
