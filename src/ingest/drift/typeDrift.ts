import type { EngineSession } from '../../engine/engine.js';
import type { Contract } from '../contractSchema.js';
import { parquetOf } from '../read.js';
import { ColumnTypeFinder } from '../valueType.js';

/** Of a column that drifts, most values of a file do not have the type any more. */
const driftingShare = 0.5;
const fewestValues = 2;
/** Texts where numbers were may be a few bad records. */
const fewestTexts = 10;
const tellingCount = 1000;

/** What the rejects of a file say of one of its columns. */
export interface ColumnMisfits {
  readonly column: string;
  /** Below the landing folder. */
  readonly file: string;
  readonly count: number;
  /** The number of the last record with a misfit. */
  readonly lastRow: number;
  /** The first values, at most a thousand. */
  readonly values: readonly string[];
}

/** Of which columns, in which files, values do not have their type; from a file of rejects, in its order. */
export async function columnMisfits(
  session: EngineSession,
  rejects: string,
): Promise<readonly ColumnMisfits[]> {
  const { rows } = await session.rows(
    `SELECT column_name, _file, count(*), max(_row), to_json(list(value ORDER BY _row)[:1000])::VARCHAR
FROM ${parquetOf(rejects)} WHERE reason = 'wrong-type' GROUP BY ALL ORDER BY ALL`,
  );
  return rows.map(([column, file, count, lastRow, values]) => ({
    column: String(column),
    file: String(file),
    count: Number(count),
    lastRow: Number(lastRow),
    values: JSON.parse(String(values)) as string[],
  }));
}

/** A column whose values have another type now, in these files. */
export interface TypeDrift {
  readonly name: string;
  readonly type: string;
  readonly newType: string;
  readonly files: readonly string[];
}

/**
 * The columns that have drifted.
 * @param records of each file, by its path.
 */
export function typeDrifts(
  misfits: readonly ColumnMisfits[],
  { columns }: Contract,
  records: ReadonlyMap<string, number>,
): readonly TypeDrift[] {
  return columns.flatMap(({ name, type }) => {
    const all = misfits.filter(({ column }) => column === name);
    const drifting = all.filter((found) => found.count > driftingShare * lookedAt(found, records));
    const newType = widerType(type, all);
    const fewest = newType === 'VARCHAR' ? fewestTexts : fewestValues;
    const isDrift = drifting.some(({ count }) => count >= fewest);
    return isDrift ? [{ name, type, newType, files: drifting.map(({ file }) => file) }] : [];
  });
}

/** A search for rejects is given up after so many that it tells all the same. */
function lookedAt({ file, count, lastRow }: ColumnMisfits, records: ReadonlyMap<string, number>): number {
  return count >= tellingCount ? lastRow : (records.get(file) ?? 0);
}

/** The narrowest type for the values of a type and those that do not have it. */
function widerType(type: string, misfits: readonly ColumnMisfits[]): string {
  const finder = new ColumnTypeFinder();
  for (const { values } of misfits) for (const value of values) finder.add(value);
  const isWhole = type === 'BIGINT' || type === 'INTEGER';
  if (type === 'INTEGER' && finder.type === 'BIGINT') return 'BIGINT';
  const isNumber = isWhole || type.startsWith('DECIMAL');
  return isNumber && (finder.type === 'DOUBLE' || finder.type === 'BIGINT') ? 'DOUBLE' : 'VARCHAR';
}
