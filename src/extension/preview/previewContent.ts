import type { DataPreview } from '../../protocol/addData.js';
import type { PreviewContent } from '../../protocol/preview.js';
import type { TableBlock } from '../../protocol/result.js';
import type { RowsApart } from '../views/rowsApart.js';
import { originColumn } from './rowOrigin.js';

export const addAction = 'add';
export const cancelAction = 'cancel';
export const inspectAction = 'inspect';

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
      { id: inspectAction, label: 'Inspect File' },
    ],
  };
}

/** The first rows of a table of the lake. */
export function tableContent(
  name: string,
  description: string | undefined,
  table: TableBlock,
): PreviewContent {
  return {
    title: name,
    facts: description === undefined ? [] : [description],
    table,
    ...withOrigin(table),
    actions: [],
  };
}

/** Rows that are kept beside a table of the lake. */
export function apartContent(name: string, apart: RowsApart, table: TableBlock): PreviewContent {
  const where = apart.run === undefined ? '' : ` in run ${apart.run}`;
  const isRejected = apart.kind === 'rejected';
  const facts = isRejected
    ? ['Records of landing files that do not fit their contract, with a row for each thing that is wrong.']
    : [
        'Rows that checks took out of the table, with the checks that they broke. Nothing is lost: they are kept here.',
      ];
  const origin = withOrigin(table);
  if (origin.originColumn !== undefined)
    facts.push('Click a number of a line or a record to see it in its file.');
  return {
    title: `${isRejected ? 'Rejected' : 'Quarantine'}: ${name}${where}`,
    facts,
    table,
    ...origin,
    actions: [],
  };
}

function withOrigin(table: TableBlock): Pick<PreviewContent, 'originColumn'> {
  const column = originColumn(table);
  return column === undefined ? {} : { originColumn: column };
}

/** The first rows of a file of landing. */
export function fileContent(path: string, table: TableBlock): PreviewContent {
  const facts = ['Exactly as it came: nothing is cleaned, and every value is a text.'];
  return { title: path.split('/').at(-1) ?? path, facts, table, actions: [] };
}
