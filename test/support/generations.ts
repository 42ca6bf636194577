import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../src/engine/engine.js';
import { openLake } from '../../src/lake/lake.js';
import type { TemporaryProject } from './temporaryProject.js';

/**
 * A project whose every table says of which generation of the landing files it was made: all its rows carry
 * the generation's number, so a table of two generations, or half a table, is seen at once.
 */
export const generationTables = [
  'bronze.left_rows',
  'bronze.right_rows',
  'bronze.fitting_rows',
  'silver.both',
  'silver.positive',
  'gold.total',
] as const;

const rowsInFile = 1500;

/** Writes the notebook, and the contract of the files of which not all records fit. */
export function writeGenerationNotebook(project: TemporaryProject): void {
  const columns = ['n', 'generation'].map((name) => ({ name, type: 'BIGINT' }));
  const contract = { format: 1, files: 'fitting.csv', maxRejects: 3, columns };
  project.write('contracts/fitting.json', JSON.stringify(contract));
  project.notebook(
    'pipeline',
    "CREATE TABLE bronze.left_rows AS SELECT * FROM landing('left.csv');",
    "CREATE TABLE bronze.right_rows AS SELECT * FROM landing('right.csv');",
    "CREATE TABLE bronze.fitting_rows AS SELECT * FROM landing('fitting.csv');",
    '-- @check: n >= 10 | warn\nCREATE TABLE silver.both AS\nSELECT l.generation, r.generation AS other, l.n FROM bronze.left_rows l JOIN bronze.right_rows r USING (n);',
    '-- @check: n > 100 | drop\nCREATE TABLE silver.positive AS SELECT generation, n FROM bronze.left_rows;',
    'CREATE TABLE gold.total AS SELECT generation, count(*) AS n FROM silver.positive GROUP BY ALL;',
  );
}

/** Puts the files of one generation where the last one's were, each by one rename as a careful sender does. */
export function writeGeneration(project: TemporaryProject, generation: number): void {
  const lines = Array.from({ length: rowsInFile }, (_, n) => `${n},${generation}\n`).join('');
  for (const side of ['left', 'right']) project.write(`data/landing/${side}.csv`, `n,generation\n${lines}`);
  const unfit = `x,${generation}\n1,${generation},\n"1"y,${generation}\n`;
  project.write('data/landing/fitting.csv', `n,generation\n${unfit}${lines}`);
}

/** The rows that each table has, whatever its generation. */
const expectedRows: Readonly<Record<(typeof generationTables)[number], number>> = {
  'bronze.left_rows': rowsInFile,
  'bronze.right_rows': rowsInFile,
  'bronze.fitting_rows': rowsInFile,
  'silver.both': rowsInFile,
  'silver.positive': rowsInFile - 101,
  'gold.total': 1,
};

/**
 * Reads the plain files as any other program would, and gives the generation of each table; undefined for
 * one that is not there. Throws when a file can't be read, is short, or mixes generations.
 */
export async function plainGenerations(
  root: string,
  engine: Engine,
): Promise<ReadonlyMap<string, number | undefined>> {
  const session = await engine.openSession();
  try {
    const found = new Map<string, number | undefined>();
    for (const table of generationTables) found.set(table, await generationOf(root, table, session));
    return found;
  } finally {
    await session.close();
  }
}

async function generationOf(
  root: string,
  table: (typeof generationTables)[number],
  session: Awaited<ReturnType<Engine['openSession']>>,
): Promise<number | undefined> {
  const [layer = '', name = ''] = table.split('.');
  const file = join(root, 'data', layer, `${name}.parquet`);
  if (!plainFiles(root).includes(`${layer}/${name}.parquet`)) return undefined;
  const second = table === 'silver.both' ? ', min(other), max(other)' : ', min(generation), max(generation)';
  const { rows } = await session.rows(
    `SELECT count(*), min(generation), max(generation)${second} FROM read_parquet('${file}')`,
  );
  const [count, ...generations] = (rows[0] ?? []).map(Number);
  if (count !== expectedRows[table]) throw new Error(`${table} has ${count} rows`);
  // A join of two inputs may be of two generations; each side by itself may not.
  if (generations[0] !== generations[1] || generations[2] !== generations[3]) {
    throw new Error(`${table} mixes generations ${generations.join(', ')}`);
  }
  return generations[0];
}

/** What is kept beside a table whose version has it, of how many rows, and where these say their generation. */
const besideTables = [
  { kind: 'quarantine', table: 'silver.positive', rows: 101, generation: 'generation' },
  { kind: 'rejects', table: 'bronze.fitting_rows', rows: 3, generation: "split_part(text, ',', 2)" },
] as const;

/**
 * Looks at what checks took out of the current versions or did not fit, and at what they counted. Throws when rows are missing, or
 * are of another generation than their table.
 */
export async function assertTakenOutIsWhole(root: string, engine: Engine): Promise<void> {
  const lake = openLake({ root });
  const { manifest, files, ...snapshot } = await lake.snapshot();
  const session = await engine.openSession();
  try {
    for (const { kind, table, rows, generation } of besideTables) {
      const [kept, beside] = [files(table), snapshot[kind](table)];
      if (kept === undefined || beside === undefined) continue;
      const own = await summary(session, kept);
      const other = await summary(session, beside, generation);
      if (other[0] !== rows || other[1] !== other[2] || other[1] !== own[1]) {
        throw new Error(`${kind} of ${table}: ${other.join(' ')} beside ${own.join(' ')}`);
      }
    }
  } finally {
    await session.close();
  }
  const counted = { 'silver.both': 10, 'silver.positive': 101 };
  for (const [table, failures] of Object.entries(counted)) {
    const checks = manifest.tables[table]?.version.checks;
    if (checks !== undefined && checks[0]?.failures !== failures)
      throw new Error(`${table}: ${checks[0]?.failures}`);
  }
}

/** Rows, and the first and last generation in them. */
async function summary(
  session: Awaited<ReturnType<Engine['openSession']>>,
  files: readonly string[],
  generation = 'generation',
): Promise<readonly number[]> {
  const list = files.map((file) => `'${file}'`).join();
  const { rows } = await session.rows(
    `SELECT count(*), min(g), max(g) FROM (SELECT CAST(${generation} AS BIGINT) AS g FROM read_parquet([${list}]))`,
  );
  return (rows[0] ?? []).map(Number);
}

/** Everything that outsiders see below the layers' folders. */
export function plainFiles(root: string): readonly string[] {
  return ['bronze', 'silver', 'gold'].flatMap((layer) => {
    try {
      return readdirSync(join(root, 'data', layer)).map((name) => `${layer}/${name}`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  });
}
