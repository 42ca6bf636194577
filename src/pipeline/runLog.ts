import type { Logger } from '../protocol/logger.js';
import type { Problem } from '../protocol/problem.js';
import type { RunRecord } from '../protocol/run.js';

/** Tells the log that a run began. */
export function logBegin({ run, environment, selection }: RunRecord, logger: Logger): void {
  const what = selection.length === 0 ? 'all models' : selection.join(' ');
  logger.info(`Run ${run} of ${environment} began: ${what}.`);
}

/** Tells the log how a run ended. Problems by their codes alone: their words can quote values. */
export function logEnd({ run, status, elapsedMs, models, problems }: RunRecord, logger: Logger): void {
  for (const outcome of models) {
    if (outcome.status === 'failed')
      logger.info(`Run ${run}: ${outcome.model} failed: ${codes(outcome.problems)}.`);
  }
  const counts = countBy(models.map((outcome) => outcome.status));
  const rows = models.reduce(
    (sum, outcome) => sum + (outcome.status === 'built' ? (outcome.rows ?? 0) : 0),
    0,
  );
  const own = problems.length === 0 ? '' : `; problems: ${codes(problems)}`;
  logger.info(
    `Run ${run} ${status} after ${elapsedMs} ms: ${counts || 'no models'}; ${rows} rows built${own}.`,
  );
}

function countBy(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => `${count} ${word}`).join(', ');
}

function codes(problems: readonly Problem[]): string {
  return [...new Set(problems.map(({ code }) => code))].join(', ');
}
