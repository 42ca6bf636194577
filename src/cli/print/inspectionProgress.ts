import type { FileInspection } from '../../protocol/inspection.js';
import { formatBytes, formatElapsed, formatQuantity } from '../../protocol/wording.js';
import type { Style } from '../style.js';
import { formatInspectedColumns } from './inspectedColumns.js';
import { formatInspectedFile } from './inspectedFile.js';
import { formatShare } from './number.js';
import { formatBar } from './progressBar.js';

/** What the beginning of a file says, in one line: where nothing is drawn again. */
export function formatBeginning({ facts, columns, suspects, findings }: FileInspection): string {
  const parts = [
    `The first ${formatBytes(facts.textBytes)}: ${formatQuantity(columns.length, 'column')}`,
    formatQuantity(suspects.count, 'suspect line'),
    ...findings.map(({ message }) => message),
  ];
  return `${parts.join('; ')}. Reading the rest.`;
}

/** What the beginning of a file says, over the bar of what is read; as many lines as a screen has. */
export function inspectionLines(
  beginning: FileInspection | undefined,
  progress: { readonly readBytes: number; readonly bytes: number; readonly elapsedMs: number },
  screenRows: number,
  style: Style,
): readonly string[] {
  const { readBytes, bytes, elapsedMs } = progress;
  const share = bytes === 0 ? 1 : readBytes / bytes;
  const speed = elapsedMs > 0 ? `${formatBytes((readBytes / elapsedMs) * 1000)}/s` : '';
  const bar = `${formatBar(share, 24, style)} ${formatShare(share).padStart(5)}  ${formatBytes(readBytes)} of ${formatBytes(bytes)}  ${speed}  ${formatElapsed(elapsedMs)}`;
  if (beginning === undefined) return [bar];
  const text = [
    formatInspectedFile(beginning, style),
    '',
    ...(beginning.columns.length === 0 ? [] : [formatInspectedColumns(beginning.columns, style), '']),
  ];
  const title = style.colours.dim(`What the first ${formatBytes(beginning.facts.textBytes)} say:`);
  return [title, ...text.join('\n').split('\n')].slice(0, Math.max(1, screenRows - 2)).concat(bar);
}
