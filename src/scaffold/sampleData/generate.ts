import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { namingTheDirectory } from '../fileFault.js';
import { type CalendarDay, calendarDays } from './calendar.js';
import { inventCatalogue } from './catalogue.js';
import { filesOfEarlierSet, placeSet, refuseForeignFiles, truthFileName } from './landingSet.js';
import { masterFiles } from './masterFiles.js';
import { planSampleData, type SampleDataOptions, type SampleDataPlan } from './options.js';
import { salesPath, writeSalesFiles } from './salesFiles.js';
import { SalesCount, type Truth } from './truth.js';
import { type WrittenFile, writePieces } from './writtenFile.js';

/**
 * Writes daily sales files, `stores.csv`, `products.csv`, `customers.csv` and `truth.json` into a directory,
 * the last beside it if it is the landing folder of a project, and returns what `truth.json` says. Memory does not
 * grow with the rows. The unchanged files of an earlier call are replaced by the new ones; a failure or an abort
 * while writing leaves the directory as it was.
 *
 * Throws a ProblemError `scaffold.options` for a value that makes no sense and `scaffold.not-empty` when it
 * would write over other files, `scaffold.write` when the file system refuses; rejects with the signal's
 * reason when aborted.
 */
export async function generateSampleData(options: SampleDataOptions): Promise<Truth> {
  const plan = planSampleData(options);
  return namingTheDirectory(options.directory, () => generate(plan, options));
}

async function generate(plan: SampleDataPlan, options: SampleDataOptions): Promise<Truth> {
  const { directory, signal } = options;
  const days = calendarDays(plan.firstDay, plan.days);
  const earlier = await filesOfEarlierSet(directory);
  await mkdir(directory, { recursive: true });
  if (options.overwrite !== true) refuseForeignFiles(directory, setPaths(days), earlier);
  const staging = await mkdtemp(join(directory, '.sample-data-'));
  try {
    const truth = await writeSet(staging, plan, days, options);
    signal?.throwIfAborted();
    await placeSet(staging, directory, setPaths(days), earlier);
    return truth;
  } finally {
    await rm(staging, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** `truth.json` comes last: a set without one is not whole. */
function setPaths(days: readonly CalendarDay[]): readonly string[] {
  return ['stores.csv', 'products.csv', 'customers.csv', ...days.map(salesPath), truthFileName];
}

async function writeSet(
  staging: string,
  plan: SampleDataPlan,
  days: readonly CalendarDay[],
  options: SampleDataOptions,
): Promise<Truth> {
  const catalogue = inventCatalogue(plan.seed, customersFor(plan.rows));
  const masters = masterFiles(catalogue, plan.seed);
  const files: WrittenFile[] = [];
  for (const { path, rows, text } of Object.values(masters)) {
    files.push(await writePieces(staging, path, rows, [text]));
  }
  const count = new SalesCount(catalogue);
  files.push(...(await writeSalesFiles(staging, { catalogue, plan, days, count }, options)));
  const truth: Truth = {
    format: 1,
    madeWith: plan,
    files,
    sales: count.finish(),
    untidyStores: masters.stores.untidy,
    untidyProducts: masters.products.untidy,
  };
  await writeFile(join(staging, truthFileName), `${JSON.stringify(truth, null, 2)}\n`);
  return truth;
}

/** Members buy several times even in a small set; their number stops where it would weigh on memory. */
function customersFor(rows: number): number {
  return Math.min(20_000, Math.max(200, Math.ceil(rows / 25)));
}
