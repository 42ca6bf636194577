import type { ModelOutcome, RunRecord } from '../../protocol/run.js';
import { formatElapsed, formatQuantity } from '../../protocol/wording.js';

/** A node of the *Runs* tree: a run, or what became of one model in it. */
export type RunNode =
  | { readonly kind: 'run'; readonly record: RunRecord; readonly children: readonly RunNode[] }
  | {
      readonly kind: 'outcome';
      readonly run: number;
      readonly outcome: ModelOutcome;
      readonly children: readonly [];
    };

/** The tree of the newest runs. */
export function runNodes(records: readonly RunRecord[]): readonly RunNode[] {
  return records.map((record) => ({
    kind: 'run',
    record,
    children: record.models.map((outcome) => ({
      kind: 'outcome',
      run: record.run,
      outcome,
      children: [],
    })),
  }));
}

/** What a run did, in the order of its weight: `2 failed, 7 built, 3 up to date`. */
export function describeCounts(models: readonly ModelOutcome[]): string {
  const count = (...statuses: readonly ModelOutcome['status'][]) =>
    models.filter(({ status }) => statuses.includes(status)).length;
  const counts: readonly (readonly [number, string])[] = [
    [count('failed'), 'failed'],
    [count('blocked'), 'held back'],
    [count('cancelled'), 'cancelled'],
    [count('built'), 'built'],
    [count('skipped', 'judged'), 'up to date'],
  ];
  const parts = counts.filter(([amount]) => amount > 0).map(([amount, word]) => `${amount} ${word}`);
  return parts.length === 0 ? 'nothing to build' : parts.join(', ');
}

/** What a run did: to its models, or, for a change that builds nothing, to the lake. */
export function describeRun({ models, selection, status }: RunRecord): string {
  if (models.length > 0) return describeCounts(models);
  const [what, first, second] = selection;
  const isDone = status === 'succeeded';
  switch (what) {
    case 'restore':
      return `${isDone ? 'brought back' : 'bring back'} ${first}`;
    case 'rename':
      return `${isDone ? 'renamed' : 'rename'} ${first} to ${second}`;
    case 'clean':
      return isDone ? 'cleaned up' : 'clean up';
    default:
      return describeCounts(models);
  }
}

/** What became of one model, beside its name. */
export function describeOutcome({ status, rows, elapsedMs }: ModelOutcome): string {
  const words = outcomeWords[status];
  if (status !== 'built') return words;
  const size = rows === undefined ? [] : [formatQuantity(rows, 'row')];
  return [...size, formatElapsed(elapsedMs)].join(' · ');
}

const outcomeWords: Readonly<Record<ModelOutcome['status'], string>> = {
  built: 'built',
  skipped: 'up to date',
  judged: 'up to date, checks judged again',
  failed: 'failed',
  blocked: 'held back by a failed table',
  cancelled: 'cancelled',
};
