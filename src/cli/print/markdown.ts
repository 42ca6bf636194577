import type { Json } from '../../protocol/json.js';
import type { ResultColumn } from '../../protocol/result.js';
import { isNumeric, valueText } from './resultValue.js';

/** A table in GitHub's Markdown, every value as itself: what Markdown would read as markup is escaped. */
export function markdownTitle(columns: readonly ResultColumn[]): string {
  const names = tableRow(columns.map((column) => escapeText(column.name)));
  return names + tableRow(columns.map((column) => (isNumeric(column) ? '---:' : '---')));
}

/** The lines of rows below {@link markdownTitle}. */
export function* markdownLines(rows: readonly (readonly Json[])[]): Generator<string> {
  for (const row of rows) {
    yield tableRow(row.map((value) => (value === null ? 'NULL' : escapeText(valueText(value)))));
  }
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

function escapeText(text: string): string {
  return text
    .replaceAll(/[\\|`*[\]]/g, (character) => `\\${character}`)
    .replaceAll('<', '&lt;')
    .replaceAll(/\r\n|\r|\n/g, '<br>');
}
