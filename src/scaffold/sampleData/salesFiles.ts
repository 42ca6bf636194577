import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type CalendarDay, rowsPerDay } from './calendar.js';
import type { Catalogue } from './catalogue.js';
import type { SampleDataOptions, SampleDataPlan } from './options.js';
import { salesHeader, TillDay } from './tillDay.js';
import type { SalesCount } from './truth.js';
import { type WrittenFile, writePieces } from './writtenFile.js';

const salesFolder = 'pos_sales';
const pieceLength = 65_536;

/** Where a day's sales go, relative to the set's directory. */
export function salesPath(day: Pick<CalendarDay, 'iso'>): string {
  return `${salesFolder}/pos_sales_${day.iso}.csv`;
}

/** Writes one file a day and counts its lines; rejects with the signal's reason when aborted. */
export async function writeSalesFiles(
  directory: string,
  work: {
    readonly catalogue: Catalogue;
    readonly plan: SampleDataPlan;
    readonly days: readonly CalendarDay[];
    readonly count: SalesCount;
  },
  watch: Pick<SampleDataOptions, 'onProgress' | 'signal'>,
): Promise<readonly WrittenFile[]> {
  const { catalogue, plan, days, count } = work;
  await mkdir(join(directory, salesFolder));
  const shares = rowsPerDay(days, plan.rows);
  const files: WrittenFile[] = [];
  let done = 0;
  let receipts = 0;
  for (const day of days) {
    const lines = shares[day.index] ?? 0;
    const path = salesPath(day);
    const till = new TillDay(catalogue, day, { seed: plan.seed, lines, receipts, count });
    count.startDay(day.iso);
    const onPiece = (written: number): void => {
      watch.signal?.throwIfAborted();
      watch.onProgress?.({ rows: done + written, totalRows: plan.rows, file: path });
    };
    files.push(await writePieces(directory, path, lines, dayPieces(till, lines, onPiece)));
    done += lines;
    receipts = till.receipts;
  }
  return files;
}

/** A day's file in pieces of about 64 kB; `onPiece` hears of the lines that are in the pieces so far. */
function* dayPieces(till: TillDay, lines: number, onPiece: (written: number) => void): Generator<string> {
  let piece = salesHeader;
  for (let written = 1; written <= lines; written += 1) {
    piece += till.next();
    if (piece.length < pieceLength) continue;
    onPiece(written);
    yield piece;
    piece = '';
  }
  onPiece(lines);
  yield piece;
}
