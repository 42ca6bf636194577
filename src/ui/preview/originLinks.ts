import type { PreviewContent } from '../../protocol/preview.js';
import { linkButton } from '../notebook/button.js';

/** Makes links of the values that lead to the place where their row was read. */
export function linkOrigins(
  table: ParentNode,
  { originColumn, table: { rows } }: PreviewContent,
  open: (row: number) => void,
): void {
  if (originColumn === undefined) return;
  const drawn = table.querySelectorAll('tbody tr');
  for (const [index, row] of rows.entries()) {
    const value = row[originColumn] ?? null;
    const cell = drawn[index]?.children[originColumn];
    if (value === null || cell === undefined) continue;
    const title = 'Opens the file at this row';
    cell.replaceChildren(linkButton(cell.textContent ?? '', title, () => open(index)));
  }
}
