import type { DataPreview } from '../../protocol/addData.js';
import type { PreviewContent } from '../../protocol/preview.js';
import type { TableBlock } from '../../protocol/result.js';

export const addAction = 'add';
export const cancelAction = 'cancel';

/** What a person sees before a file is added: where it goes, what was guessed, and twenty rows to judge by. */
export function incomingContent(preview: DataPreview): PreviewContent {
  const { file, landingPath, pattern, table, dialect, contract, columns, rows } = preview;
  const name = file.split(/[\\/]/).at(-1) ?? file;
  return {
    title: `Add ${name}`,
    facts: [
      `The file is copied to data/landing/${landingPath}. Yours stays where it is.`,
      `It seems to be ${dialect}. Below are its first rows, with the type that was guessed for each column.`,
      `A new cell reads landing('${pattern}') and builds the table ${table}.`,
    ],
    table: { kind: 'table', columns, rows, total: rows.length, elapsedMs: 0 },
    caption: rows.length === 1 ? 'The first row' : `The first ${rows.length} rows`,
    details: { label: 'The contract: what later files are compared with', text: contract },
    actions: [
      { id: addAction, label: 'Add' },
      { id: cancelAction, label: 'Cancel' },
    ],
  };
}

/** The first rows of a table of the lake. */
export function tableContent(
  name: string,
  description: string | undefined,
  table: TableBlock,
): PreviewContent {
  return { title: name, facts: description === undefined ? [] : [description], table, actions: [] };
}

/** The first rows of a file of landing. */
export function fileContent(path: string, table: TableBlock): PreviewContent {
  const facts = ['Exactly as it came: nothing is cleaned, and every value is a text.'];
  return { title: path.split('/').at(-1) ?? path, facts, table, actions: [] };
}
