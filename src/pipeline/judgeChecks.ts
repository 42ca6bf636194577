import type { DroppedFile, EngineSession, ExecuteOptions } from '../engine/engine.js';
import type { AggregateFound, CheckResult } from '../lake/manifest.js';
import type { Check } from '../notebook/checks.js';
import type { CheckOutcome, FailingRows } from '../protocol/quality.js';
import { quoteIdentifier, quoteLiteral } from '../sql/names.js';
import { aggregatesOf, type CheckScope, countFailures } from './checks.js';
import { findFailingRows } from './failingRows.js';
import { parquetSource } from './parquetSource.js';

/** The files that a model was written to. */
export interface JudgedFiles {
  readonly kept: string;
  /** The rows that dropping rules took out; absent where there are none. */
  readonly dropped?: Pick<DroppedFile, 'path' | 'failed'> | undefined;
}

/** What the checks of a model say of its rows. */
export interface Judged {
  /** One for each check, in order. */
  readonly results: readonly CheckResult[];
  /** By the text of a rule that does not drop: the first rows that break it. */
  readonly failing: ReadonlyMap<string, FailingRows>;
}

type Answer = Pick<CheckResult, 'failures' | 'found'>;

/**
 * Judges a model's checks on the files it was written to: what dropping rules took out says so itself, the
 * others are judged on the rows that are left. One pass over each file, and one for each rule that rows break.
 */
export async function judgeChecks(
  session: EngineSession,
  checks: readonly Check[],
  { kept, dropped }: JudgedFiles,
  scope: CheckScope,
  options: ExecuteOptions,
): Promise<Judged> {
  const dropping = checks.filter(({ action }) => action === 'drop');
  const others = checks.filter(({ action }) => action !== 'drop');
  const answers = new Map([
    ...(await countDropped(session, dropping, dropped, options)),
    ...(await count(session, others, kept, scope, options)),
  ]);
  const broken = others.filter((check) => (answers.get(check)?.failures ?? 0) > 0);
  return {
    results: checks.map((check) => ({
      check: check.text,
      action: check.action,
      ...(answers.get(check) ?? { failures: 0 }),
    })),
    failing: await findFailingRows(session, broken, parquetSource([kept]), scope, options),
  };
}

/** What a run tells of a model's checks. */
export interface ToldChecks {
  /** Those that some row breaks, with the first such rows of one that does not drop. */
  readonly checks: readonly CheckOutcome[];
  /** The others, as written. */
  readonly passed: readonly string[];
}

/**
 * What is told of judged checks.
 * @param hasRows whether the first rows that break one are told; a build has those of a rule that drops in the quarantine.
 */
export function toldChecks(
  { results, failing }: Judged,
  hasRows = ({ action }: CheckResult): boolean => action !== 'drop',
): ToldChecks {
  const broken = results.filter(({ failures }) => failures > 0);
  return {
    checks: broken.map((result) => {
      const { check, action, failures } = result;
      const rows = hasRows(result) ? failing.get(check) : undefined;
      return { check, action, failures, ...(rows && { failing: rows }) };
    }),
    passed: results.filter(({ failures }) => failures === 0).map(({ check }) => check),
  };
}

async function countDropped(
  session: EngineSession,
  checks: readonly Check[],
  file: JudgedFiles['dropped'],
  options: ExecuteOptions,
): Promise<ReadonlyMap<Check, Answer>> {
  if (checks.length === 0 || file === undefined) return new Map();
  const failed = quoteIdentifier(file.failed);
  const counts = checks.map(
    ({ text }, index) =>
      `count(*) FILTER (list_contains(${failed}, ${quoteLiteral(text)})) AS ${quoteIdentifier(`answer ${index}`)}`,
  );
  const query = `SELECT ${counts.join(', ')} FROM ${parquetSource([file.path])}`;
  const [row = []] = (await session.rows(query, options)).rows;
  return new Map(checks.map((check, index) => [check, { failures: Number(row[index] ?? 0) }]));
}

async function count(
  session: EngineSession,
  checks: readonly Check[],
  file: string,
  scope: CheckScope,
  options: ExecuteOptions,
): Promise<ReadonlyMap<Check, Answer>> {
  if (checks.length === 0) return new Map();
  const source = parquetSource([file]);
  const { sql, widths } = countFailures(checks, source, scope);
  const { rows } = await session.rows(sql, options);
  const row = rows[0] ?? [];
  let at = 0;
  return new Map(
    checks.map((check, index) => {
      const [failures, ...values] = row.slice(at, at + (widths[index] ?? 0));
      at += widths[index] ?? 0;
      const aggregates = aggregatesOf(check);
      const found = aggregates.length === 0 ? {} : { found: foundOf(aggregates, values) };
      return [check, { failures: Number(failures ?? 0), ...found }];
    }),
  );
}

/** What the aggregates of a rule gave, for its result. */
function foundOf(aggregates: readonly string[], values: readonly unknown[]): readonly AggregateFound[] {
  return aggregates.map((aggregate, index) => {
    const value = values[index];
    return { aggregate, value: typeof value === 'string' ? value : null };
  });
}
