import { formatCount, formatElapsed, formatQuantity } from '../../protocol/wording.js';
import type { Style } from '../style.js';
import { formatShare } from './number.js';

/** Before that, most of the time went into getting ready, and an estimate would be far too long. */
const estimateAfterMs = 700;

/** A bar for a share, 0 to 1. */
export function formatBar(share: number, width: number, { symbols, colours }: Style): string {
  const cells = Math.floor(Math.min(1, Math.max(0, share)) * width);
  return colours.cyan(symbols.bar.repeat(cells)) + colours.dim(symbols.barRest.repeat(width - cells));
}

/** Progress of rows being written, with its speed and what is left of it. */
export function formatRowProgress(done: number, total: number, elapsedMs: number, style: Style): string {
  const share = total === 0 ? 1 : done / total;
  const bar = `${formatBar(share, 24, style)} ${formatShare(share).padStart(5)}`;
  const rows = `${formatCount(done)} of ${formatQuantity(total, 'row')}`;
  if (done === 0 || elapsedMs < estimateAfterMs) return `${bar}  ${rows}`;
  const speed = `${formatCount(Math.round((done / elapsedMs) * 1000))} rows/s`;
  const left = formatElapsed((elapsedMs / done) * (total - done));
  return `${bar}  ${rows}  ${speed}  ${left} left`;
}
