import { displayWidth } from './width.js';

/**
 * A sentence over as many lines as the terminal's width asks for, those below the first one indented. A word
 * that is wider than a line stays whole; without a width all is one line.
 */
export function wrapText(text: string, width: number | undefined, indent = ''): string {
  if (width === undefined) return text;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    const start = lines.length === 0 ? '' : indent;
    if (line !== '' && displayWidth(start) + displayWidth(longer) > width) {
      lines.push(start + line);
      line = word;
    } else line = longer;
  }
  return [...lines, (lines.length === 0 ? '' : indent) + line].join('\n');
}
