import truncatedWidth from 'fast-string-truncated-width';

/** Printable ASCII, where a character is a column. */
const isPlain = /^[ -~]*$/;

/** How many columns of a terminal a text takes. */
export function displayWidth(text: string): number {
  return isPlain.test(text) ? text.length : truncatedWidth(text).width;
}

/** Fills a text with blanks up to a width; a wider one is returned as it is. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const blanks = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'left' ? text + blanks : blanks + text;
}

/** Cuts a text without colours to a width, whole characters only; the cut shows as the ellipsis. */
export function cut(text: string, width: number, ellipsis: string): string {
  if (displayWidth(text) <= width) return text;
  const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const room = width - displayWidth(ellipsis);
  let kept = '';
  let keptWidth = 0;
  for (const { segment } of graphemes.segment(text)) {
    keptWidth += displayWidth(segment);
    if (keptWidth > room) break;
    kept += segment;
  }
  return kept + ellipsis;
}
