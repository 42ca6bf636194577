import type { Json } from '../../protocol/json.js';
import type { ResultColumn } from '../../protocol/result.js';
import { valueText } from './resultValue.js';

const needsQuotes = /^$|[",\r\n]|^\s|\s$/;

/**
 * CSV as RFC 4180 quotes it, lines ended by a line feed. NULL is an empty field and the empty text is
 * `""`; a lone NULL in a row of one column is `""` too, because readers skip empty lines.
 */
export function csvTitle(columns: readonly ResultColumn[]): string {
  return `${columns.map((column) => quoteText(column.name)).join(',')}\n`;
}

/** The lines of rows below {@link csvTitle}. */
export function* csvLines(rows: readonly (readonly Json[])[]): Generator<string> {
  for (const row of rows) yield `${row.map(field).join(',') || '""'}\n`;
}

function field(value: Json): string {
  return value === null ? '' : quoteText(valueText(value));
}

function quoteText(text: string): string {
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
