import type { EngineSession, ExecuteOptions } from '../engine/engine.js';
import type { CheckResult } from '../lake/manifest.js';
import type { Check } from '../notebook/checks.js';
import { aggregatesOf, type CheckScope, countFailures } from './checks.js';
import { foundOf } from './judgement.js';
import { parquetSource } from './parquetSource.js';

/** The files that a model was written to. */
export interface JudgedFiles {
  readonly kept: string;
  /** The rows that dropping rules took out; absent where there are none. */
  readonly dropped?: string | undefined;
}

type Answer = Pick<CheckResult, 'failures' | 'found'>;

/**
 * Judges a model's checks on the files it was written to: dropping rules on the rows they took out, the
 * others on those that are left. One pass over each file.
 */
export async function judgeChecks(
  session: EngineSession,
  checks: readonly Check[],
  { kept, dropped }: JudgedFiles,
  scope: CheckScope,
  options: ExecuteOptions,
): Promise<readonly CheckResult[]> {
  const dropping = checks.filter(({ action }) => action === 'drop');
  const others = checks.filter(({ action }) => action !== 'drop');
  const answers = new Map([
    ...(await count(session, dropping, dropped, scope, options)),
    ...(await count(session, others, kept, scope, options)),
  ]);
  return checks.map((check) => ({
    check: check.text.trim(),
    action: check.action,
    ...(answers.get(check) ?? { failures: 0 }),
  }));
}

async function count(
  session: EngineSession,
  checks: readonly Check[],
  file: string | undefined,
  scope: CheckScope,
  options: ExecuteOptions,
): Promise<ReadonlyMap<Check, Answer>> {
  if (checks.length === 0 || file === undefined) return new Map();
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
