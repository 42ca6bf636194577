import { escapeMarkdown } from '../../language/markdown.js';
import type { TableState } from '../../protocol/status.js';
import { formatCount } from '../../protocol/wording.js';
import type { DataTable } from './projectData.js';

/**
 * What is said of a table under the mouse, as Markdown. Its words come with the project and are no markup: an image
 * in a description would be loaded before the folder is trusted.
 */
export function tableTooltip(table: DataTable): string {
  const size =
    table.rows === undefined ? '' : `${formatCount(table.rows)} rows, ${table.columns.length} columns. `;
  const lines = [table.description ?? '', `${size}${sentence(table)}`, table.notebook];
  return [`**${escapeMarkdown(table.name)}**`, ...lines.filter(Boolean).map(escapeMarkdown)].join('\n\n');
}

function sentence({ state, reason }: DataTable): string {
  const says: Partial<Record<TableState, string>> = {
    fresh: 'Up to date',
    stale: 'Out of date',
    orphaned: 'Left over',
  };
  return state === 'fresh' ? capital(reason) : `${says[state] ?? capital(state)}: ${reason}.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
