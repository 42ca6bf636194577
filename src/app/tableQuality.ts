import type { CheckResult, Manifest, TableEntry } from '../lake/manifest.js';
import { parseTableName, tableKey } from '../lake/tableName.js';
import { layers } from '../protocol/layer.js';
import type {
  CheckOutcome,
  CheckQuality,
  PublishedQuality,
  QualityRun,
  SourceQuality,
  TableQuality,
} from '../protocol/quality.js';
import type { ModelOutcome, RunRecord } from '../protocol/run.js';

/** What the quality of tables is told from. */
export interface QualityFacts {
  readonly manifest: Manifest;
  /** Newest first. */
  readonly records: readonly RunRecord[];
  /** How many runs of a table are told at most. */
  readonly runs: number;
  readonly sourceOf: (pattern: string) => SourceQuality;
}

/** A run and what became of one table in it. */
interface Worked {
  readonly run: QualityRun;
  readonly outcome: ModelOutcome;
}

/**
 * The quality of every published table, and of those that runs could only try to build, by layer and name. Told from
 * records alone: no row is read.
 */
export function tableQualities(facts: QualityFacts): readonly TableQuality[] {
  const worked = workByTable(facts);
  const published = Object.entries(facts.manifest.tables).filter(([, { form }]) => form === 'table');
  const tried = [...worked].filter(
    ([key, work]) => facts.manifest.tables[key] === undefined && work.at(-1)?.outcome.status === 'failed',
  );
  const keys = new Set([...published.map(([key]) => key), ...tried.map(([key]) => key)]);
  return [...keys]
    .map((key) => qualityOf(key, facts.manifest.tables[key], worked.get(key) ?? [], facts))
    .sort(byLayerThenName);
}

/** The last runs that worked on each table, oldest first; what they skipped or never came to is no work. */
function workByTable({ records, runs }: QualityFacts): ReadonlyMap<string, readonly Worked[]> {
  const work = new Map<string, Worked[]>();
  for (const record of records) {
    for (const outcome of record.models) {
      const run = workOf(record, outcome);
      if (run === undefined || outcome.form === 'view') continue;
      const key = tableKey(parseTableName(outcome.model));
      const own = work.get(key) ?? [];
      work.set(key, own);
      if (own.length < runs) own.unshift({ run, outcome });
    }
  }
  return work;
}

function workOf({ run, startedAt }: RunRecord, outcome: ModelOutcome): QualityRun | undefined {
  const { status, reason, rows, rejected = 0, dropped = 0 } = outcome;
  if (status !== 'built' && status !== 'judged' && status !== 'failed') return undefined;
  return {
    run,
    startedAt,
    status,
    ...(status === 'failed' && { reason }),
    ...(rows !== undefined && { rows }),
    rejected,
    quarantined: dropped,
  };
}

function qualityOf(
  key: string,
  entry: TableEntry | undefined,
  worked: readonly Worked[],
  { sourceOf }: QualityFacts,
): TableQuality {
  const inputs = entry?.version.inputs ?? [];
  return {
    name: entry?.name ?? worked.at(-1)?.outcome.model ?? key,
    layer: parseTableName(key).layer,
    ...(entry && { published: publishedOf(entry) }),
    checks: checksOf(entry, worked),
    sources: inputs.flatMap((input) => (input.kind === 'landing' ? [sourceOf(input.pattern)] : [])),
    runs: worked.map(({ run }) => run),
  };
}

function publishedOf({ version }: TableEntry): PublishedQuality {
  const { quarantine, rejects, rows, run, publishedAt, equation } = version;
  return {
    version: version.version,
    run,
    at: publishedAt,
    rows,
    rejected: rejects?.records ?? 0,
    quarantined: quarantine.reduce((sum, file) => sum + file.rows, 0),
    ...(equation && { equation }),
  };
}

/** Those of the published version first, then those that only a run knows which failed since. */
function checksOf(entry: TableEntry | undefined, worked: readonly Worked[]): readonly CheckQuality[] {
  const published = entry?.version.checks ?? [];
  const standingIn = entry?.version.judgedIn ?? entry?.version.run ?? 0;
  const last = worked.at(-1);
  const since = last?.outcome.status === 'failed' && last.run.run > standingIn ? last : undefined;
  const tried = since?.outcome.checks ?? [];
  const unpublished = tried.filter(({ check }) => published.every((known) => known.check !== check));
  const standing = worked.find(({ run }) => run.run === standingIn);
  return [...published, ...unpublished].map((known) => {
    const trend = worked.map(({ outcome }) => failuresIn(outcome, known.check));
    const judged = since !== undefined && failuresIn(since.outcome, known.check) !== null ? since : undefined;
    if (judged === undefined) return { ...standingQuality(known, standingIn, standing), trend };
    const told = outcomeOf(judged.outcome, known.check);
    const { check, action } = told ?? known;
    const failing = told?.failing && { failing: told.failing };
    return { check, action, failures: told?.failures ?? 0, judgedIn: judged.run.run, trend, ...failing };
  });
}

/** What a check said of the rows that are published. */
function standingQuality(
  { check, action, failures, found }: CheckResult,
  judgedIn: number,
  judged: Worked | undefined,
): Omit<CheckQuality, 'trend'> {
  const failing = judged && outcomeOf(judged.outcome, check)?.failing;
  return { check, action, failures, judgedIn, ...(found && { found }), ...(failing && { failing }) };
}

function failuresIn(outcome: ModelOutcome, check: string): number | null {
  const told = outcomeOf(outcome, check);
  if (told !== undefined) return told.failures;
  return outcome.passed?.includes(check) ? 0 : null;
}

function outcomeOf({ checks = [] }: ModelOutcome, check: string): CheckOutcome | undefined {
  return checks.find((each) => each.check === check);
}

function byLayerThenName(one: TableQuality, other: TableQuality): number {
  const difference = layers.indexOf(one.layer) - layers.indexOf(other.layer);
  if (difference !== 0) return difference;
  return one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1;
}
