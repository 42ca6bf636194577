import type { EngineSession, ExecuteOptions } from '../engine/engine.js';
import type { CheckResult } from '../lake/manifest.js';
import type { Check } from '../notebook/checks.js';
import { quoteLiteral } from '../sql/names.js';
import { countFailures } from './checks.js';

/**
 * Judges a model's checks on the files it was written to: dropping rules on the rows they took out, the
 * others on those that are left. One pass over each file.
 */
export async function judgeChecks(
  session: EngineSession,
  checks: readonly Check[],
  kept: string,
  dropped: string | undefined,
  options: ExecuteOptions,
): Promise<readonly CheckResult[]> {
  const dropping = checks.filter(({ action }) => action === 'drop');
  const others = checks.filter(({ action }) => action !== 'drop');
  const counted = new Map([
    ...(await count(session, dropping, dropped, options)),
    ...(await count(session, others, kept, options)),
  ]);
  return checks.map((check) => ({
    check: check.text.trim(),
    action: check.action,
    failures: counted.get(check) ?? 0,
  }));
}

async function count(
  session: EngineSession,
  checks: readonly Check[],
  file: string | undefined,
  options: ExecuteOptions,
): Promise<ReadonlyMap<Check, number>> {
  if (checks.length === 0 || file === undefined) return new Map();
  const source = `read_parquet(${quoteLiteral(file)}, hive_partitioning = false)`;
  const { rows } = await session.rows(countFailures(checks, source), options);
  return new Map(checks.map((check, index) => [check, Number(rows[0]?.[index] ?? 0)]));
}
