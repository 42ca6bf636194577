import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../src/engine/engine.js';
import type { TemporaryProject } from './temporaryProject.js';

/**
 * A project whose every table says of which generation of the landing files it was made: all its rows carry
 * the generation's number, so a table of two generations, or half a table, is seen at once.
 */
export const generationTables = [
  'bronze.left_rows',
  'bronze.right_rows',
  'silver.both',
  'silver.positive',
  'gold.total',
] as const;

const rowsInFile = 1500;

/** Writes the notebook. */
export function writeGenerationNotebook(project: TemporaryProject): void {
  project.notebook(
    'pipeline',
    "CREATE TABLE bronze.left_rows AS SELECT * FROM landing('left.csv');",
    "CREATE TABLE bronze.right_rows AS SELECT * FROM landing('right.csv');",
    'CREATE TABLE silver.both AS\nSELECT l.generation, r.generation AS other, l.n FROM bronze.left_rows l JOIN bronze.right_rows r USING (n);',
    '-- @check: n > 100 | drop\nCREATE TABLE silver.positive AS SELECT generation, n FROM bronze.left_rows;',
    'CREATE TABLE gold.total AS SELECT generation, count(*) AS n FROM silver.positive GROUP BY ALL;',
  );
}

/** Puts the files of one generation where the last one's were, each by one rename as a careful sender does. */
export function writeGeneration(project: TemporaryProject, generation: number): void {
  const lines = Array.from({ length: rowsInFile }, (_, n) => `${n},${generation}\n`).join('');
  for (const side of ['left', 'right']) project.write(`data/landing/${side}.csv`, `n,generation\n${lines}`);
}

/** The rows that each table has, whatever its generation. */
const expectedRows: Readonly<Record<(typeof generationTables)[number], number>> = {
  'bronze.left_rows': rowsInFile,
  'bronze.right_rows': rowsInFile,
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
