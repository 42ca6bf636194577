import type { FileInspection } from '../../protocol/inspection.js';
import { describeFile } from '../../protocol/inspectionWording.js';
import type { Style } from '../style.js';
import { visibleText } from './visibleText.js';
import { displayWidth } from './width.js';
import { wrapText } from './wrap.js';

/** What a file is and how it is written: a line for each fact. */
export function formatInspectedFile(inspection: FileInspection, style: Style): string {
  const entries = describeFile(inspection);
  const labels = Math.max(...entries.map(([label]) => displayWidth(label)));
  const lines = entries.map(([label, text]) => entryOf(label.padEnd(labels), text, style));
  return [style.colours.bold(visibleText(inspection.file, style.symbols)), ...lines].join('\n');
}

function entryOf(label: string, text: string, { colours, symbols, width }: Style): string {
  const indent = ' '.repeat(label.length + 4);
  const room = width === undefined ? undefined : width - label.length - 4;
  const [first = '', ...more] = wrapText(visibleText(text, symbols), room).split('\n');
  return [`  ${colours.dim(label)}  ${first}`, ...more.map((line) => indent + line)].join('\n');
}
