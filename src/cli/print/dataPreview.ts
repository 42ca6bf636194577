import type { DataPreview } from '../../protocol/addData.js';
import { formatBytes } from '../../protocol/wording.js';
import type { Style } from '../style.js';
import { layOutGrid } from './grid.js';
import { formatResultTable } from './resultTable.js';
import { visibleText } from './visibleText.js';

/** What a file would become: how it was read, its columns with their types, its first rows. */
export function formatPreview(preview: DataPreview, style: Style): string {
  const { file, bytes, dialect, table, landingPath, columns, rows } = preview;
  const { bold } = style.colours;
  const contract = layOutGrid(
    [{ title: 'column' }, { title: 'type' }],
    columns.map(({ name, type }) => [visibleText(name, style.symbols), type]),
    style,
  );
  const first = formatResultTable(columns, rows, style);
  const hidden = columns.length - first.shownColumns;
  return [
    `${visibleText(file, style.symbols)}: ${formatBytes(bytes)}, ${dialect}`,
    `It would be copied to data/landing/${landingPath} and become the table ${bold(table)}.`,
    '',
    contract.text,
    '',
    first.text,
    ...(hidden > 0 ? [style.colours.dim(`… and ${hidden} more columns, which find no room here`)] : []),
    '',
  ].join('\n');
}
