import type { ResultColumn } from '../protocol/result.js';
import { quoteIdentifier, quoteLiteral } from '../sql/names.js';
import { misfitTable } from './findRejects.js';
import { literalPath } from './read.js';
import { loggedColumns } from './rejectLog.js';

/** The columns of `rejects('…')`, and of the files behind it. */
export const rejectColumns: readonly ResultColumn[] = [
  { name: 'run', type: 'BIGINT' },
  { name: '_file', type: 'VARCHAR' },
  { name: '_row', type: 'BIGINT' },
  { name: 'line', type: 'BIGINT' },
  { name: 'byte_offset', type: 'BIGINT' },
  { name: 'column_name', type: 'VARCHAR' },
  { name: 'reason', type: 'VARCHAR' },
  { name: 'explanation', type: 'VARCHAR' },
  { name: 'value', type: 'VARCHAR' },
  { name: 'text', type: 'VARCHAR' },
  { name: 'text_is_cut', type: 'BOOLEAN' },
];

/** A query that gives `rejects('…')` without a row. */
export function noRejects(): string {
  const columns = rejectColumns.map(({ name, type }) => `NULL::${type} AS ${quoteIdentifier(name)}`);
  return `SELECT ${columns.join(', ')} LIMIT 0`;
}

const shownCharacters = 120;

/** A query for the rejects that a search logged. */
export function loggedRejects(log: string, hasMisfits: boolean, run: number | undefined): string {
  const columns = Object.entries(loggedColumns).map(([name, type]) => `${quoteLiteral(name)}: '${type}'`);
  const logged = `read_json(${quoteLiteral(literalPath(log))}, format = 'newline_delimited', columns = {${columns.join(', ')}})`;
  const value = 'm.misfit.value';
  const shown = `left(${value}, ${shownCharacters}) || CASE WHEN length(${value}) > ${shownCharacters} THEN '…' ELSE '' END`;
  const parts = [
    `SELECT _file, _row, line, byte_offset, NULL::VARCHAR AS column_name, reason, explanation, NULL::VARCHAR AS value, text, text_is_cut, 0 AS position
FROM ${logged} WHERE reason IS NOT NULL`,
    `SELECT _file, _row, line, byte_offset, m.misfit.column_name, 'wrong-type', '"' || ${shown} || '" is no ' || m.misfit.type, ${value}, text, text_is_cut, m.misfit.position
FROM ${logged} JOIN ${misfitTable} AS m USING (_file, _row) WHERE reason IS NULL`,
  ];
  const all = parts.slice(0, hasMisfits ? 2 : 1).join('\nUNION ALL\n');
  return `SELECT ${run ?? 'NULL'}::BIGINT AS run, * EXCLUDE (position) FROM (\n${all}\n) ORDER BY _file, _row, position`;
}
