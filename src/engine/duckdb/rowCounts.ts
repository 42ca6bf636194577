import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { quotedString } from '@duckdb/node-api';
import type { RowCounts } from '../engine.js';
import type { Write } from './copyParquet.js';

/** An operator of the engine's own profile of a statement. */
interface Operator {
  readonly operator_type: string;
  /** Rows that came out of it. */
  readonly operator_cardinality: number;
  readonly extra_info?: { readonly 'Join Type'?: unknown; readonly Conditions?: unknown };
  readonly children: readonly Operator[];
}

/** Enough for the counts; timing each operator would cost more. */
const metrics = JSON.stringify({ OPERATOR_CARDINALITY: 'true', OPERATOR_TYPE: 'true', EXTRA_INFO: 'true' });

/** What a COPY gave, and the rows on its way where they were counted. */
export interface Counted<T> {
  readonly result: T;
  readonly counts?: RowCounts;
}

/**
 * Runs one COPY, and where `count` is true tells what the engine's profile of it says. The directory of the write
 * is as the COPY leaves it.
 */
export async function countedIf<T>(
  count: boolean,
  { connection, directory }: Pick<Write, 'connection' | 'directory'>,
  copy: () => Promise<T>,
): Promise<Counted<T>> {
  if (!count) return { result: await copy() };
  const file = join(directory, 'profile.json');
  await connection.run(`SET SESSION enable_profiling = 'json'`);
  try {
    await connection.run(`SET SESSION profiling_output = ${quotedString(file)}`);
    await connection.run(`PRAGMA custom_profiling_settings = ${quotedString(metrics)}`);
    const result = await copy();
    const counts = countsIn(JSON.parse(await readFile(file, 'utf8')) as Operator);
    return { result, ...(counts && { counts }) };
  } finally {
    await connection.run('PRAGMA disable_profiling');
    await rm(file, { force: true });
  }
}

/** Undefined where the profile is not that of a COPY. */
function countsIn(profile: Operator): RowCounts | undefined {
  const [copy] = profile.children;
  const [root] = copy?.children ?? [];
  if (root === undefined || !copy?.operator_type.endsWith('COPY_TO_FILE')) return undefined;
  const deduplicated = leftOut(root);
  const given = root.operator_cardinality;
  return deduplicated === undefined ? { given } : { given, deduplicated };
}

/** Operators between which each row is one of those below. */
const passing: ReadonlySet<string> = new Set([
  ...['PROJECTION', 'ORDER_BY', 'WINDOW', 'STREAMING_WINDOW', 'HASH_JOIN'],
]);
const merging: ReadonlySet<string> = new Set([
  'HASH_GROUP_BY',
  'PERFECT_HASH_GROUP_BY',
  'PARTITIONED_AGGREGATE',
]);

/**
 * Rows that operators which remove duplicates took out, in a plan that is one chain from its scan to its root;
 * undefined for every other plan. QUALIFY is a filter of what a window gave.
 */
function leftOut(operator: Operator): number | undefined {
  const [below, ...others] = chainBelow(operator);
  // Of a condition that no row can meet the engine does not even read the rows.
  if (below === undefined) return operator.operator_type === 'EMPTY_RESULT' ? undefined : 0;
  const deeper = others.length === 0 ? leftOut(below) : undefined;
  if (deeper === undefined) return undefined;
  const gone = below.operator_cardinality - operator.operator_cardinality;
  if (merging.has(operator.operator_type)) return deeper + gone;
  if (operator.operator_type === 'FILTER') return deeper + (isOfWindow(below) ? gone : 0);
  return passing.has(operator.operator_type) ? deeper : undefined;
}

/** Conditions of a join by which the engine reads the rest of the columns of rows that it found before. */
const byNumber = JSON.stringify(['file_index = file_index', 'file_row_number = file_row_number']);

/** The rows that an operator gives came from these. A join that reads more of them, or marks them, leaves none out. */
function chainBelow({ children, extra_info = {} }: Operator): readonly Operator[] {
  const [first, second] = children;
  if (first !== undefined && extra_info['Join Type'] === 'MARK') return [first];
  const readsMore = JSON.stringify(extra_info.Conditions) === byNumber;
  return readsMore && second !== undefined ? [second] : children;
}

function isOfWindow({ operator_type, children }: Operator): boolean {
  if (operator_type.endsWith('WINDOW')) return true;
  const [below] = children;
  return operator_type === 'PROJECTION' && below !== undefined && isOfWindow(below);
}
