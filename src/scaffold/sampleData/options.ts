import { ProblemError, problem } from '../../protocol/problem.js';
import { isCalendarDay } from './calendar.js';

export interface SampleDataOptions {
  /** Where the files go, as `data/landing`; made when missing. */
  readonly directory: string;
  /** Lines in all daily files together, headers not counted; 1 to 1,000,000,000. */
  readonly rows: number;
  /** An integer from 0 to 4,294,967,295. The same seed, rows, days and first day give the same bytes. */
  readonly seed: number;
  /** Daily files, 1 to 3,650. Absent: one for about 25,000 rows, at least 7 and at most 365. */
  readonly days?: number;
  /** Absent: 2026-01-01. */
  readonly firstDay?: string;
  /** Writes over files that no earlier call made. */
  readonly overwrite?: boolean;
  /** Called after every piece of about 64 kB and once at the end. */
  readonly onProgress?: (progress: SampleDataProgress) => void;
  /** Aborting leaves the directory as it was; the call rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface SampleDataProgress {
  readonly rows: number;
  readonly totalRows: number;
  /** The file that is being written, relative to the directory. */
  readonly file: string;
}

/** What decides the bytes. */
export interface SampleDataPlan {
  readonly rows: number;
  readonly seed: number;
  readonly days: number;
  readonly firstDay: string;
}

const rowsPerFile = 25_000;

/** Fills in what is absent; throws a ProblemError `scaffold.options` for a value that makes no sense. */
export function planSampleData(options: SampleDataOptions): SampleDataPlan {
  const { rows, seed, firstDay = '2026-01-01' } = options;
  requireInteger('rows', rows, 1, 1_000_000_000);
  requireInteger('seed', seed, 0, 0xffff_ffff);
  const days = options.days ?? Math.min(365, Math.max(7, Math.ceil(rows / rowsPerFile)));
  requireInteger('days', days, 1, 3650);
  if (!isCalendarDay(firstDay)) {
    throw optionError(`"${firstDay}" is not a day.`, 'Write the first day as 2026-01-31.');
  }
  return { rows, seed, days, firstDay };
}

function requireInteger(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const range = `${least.toLocaleString('en')} to ${most.toLocaleString('en')}`;
  throw optionError(`${value} is no number of ${name}.`, `Give a whole number from ${range}.`);
}

function optionError(message: string, hint: string): ProblemError {
  return new ProblemError(problem('scaffold.options', message, { hint }));
}
