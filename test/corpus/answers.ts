import type { Answer, Pollution, Way } from './description.js';

/** What Ratatouille has to answer to a kind: what is best by the truth, where nothing else is said. */
export function answerTo({ answers, isUnreadable, lines, beside = [] }: Pollution, way: Way): Answer {
  const said = answers?.[way];
  if (said !== undefined) return said;
  if (isUnreadable === true) return 'loud';
  const all = [lines, ...beside.map((sheet) => sheet.lines)].flat();
  const isApart = all.some((line) => line.is === 'apart' || (line.is === 'misfit' && way !== 'first'));
  if (!isApart) return 'right';
  return way === 'within' ? 'rejected' : 'loud';
}
