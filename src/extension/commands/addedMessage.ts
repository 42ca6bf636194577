import type { AddedData, WidenedColumn } from '../../protocol/addData.js';

/** What came of adding a file: above all what is otherwise than the person was shown before. Pure. */
export function addedMessage({ table, widened }: AddedData): string {
  return ['Added.', ...widened.map(whyText), `Run the new cell to build ${table}.`].join(' ');
}

function whyText({ column, line, value }: WidenedColumn): string {
  const where = line === undefined ? 'a line below' : `line ${line}`;
  return `The column ${column} is kept as text: ${where} has “${value}”.`;
}
