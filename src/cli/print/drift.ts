import type { ChangedContract, DriftReport } from '../../protocol/drift.js';
import { formatCount, formatQuantity } from '../../protocol/wording.js';
import type { Style } from '../style.js';
import { visibleText } from './visibleText.js';

/** How files differ from their contract, with what could be chosen. */
export function formatDrift(report: DriftReport, { symbols }: Style): string {
  const { contract, differences, differing, files } = report;
  const head = `${formatCount(differing.length)} of ${formatQuantity(files, 'file')} ${differing.length === 1 ? 'differs' : 'differ'} from ${contract}${differences.length === 0 ? '.' : ':'}`;
  const lines = differences.flatMap(({ message, choices }) => [
    `- ${message}`,
    ...choices.map(
      ({ label, options }, index) =>
        `    ${label}${index === 0 ? ' (unless you say otherwise)' : `: ${options.join(' ')}`}`,
    ),
  ]);
  return [head, ...lines].map((line) => visibleText(line, symbols)).join('\n');
}

/** The lines of a contract that a change takes out and puts in. */
export function formatContractChange(
  { contract, before, after }: ChangedContract,
  { symbols }: Style,
): string {
  const [old, now] = [linesOf(before), linesOf(after)];
  const shared = (from: readonly string[], to: readonly string[]) => {
    let count = 0;
    while (count < Math.min(from.length, to.length) && from[count] === to[count]) count += 1;
    return count;
  };
  const head = shared(old, now);
  const tail = shared(old.slice(head).toReversed(), now.slice(head).toReversed());
  return [
    `${contract} would change:`,
    ...old.slice(head, old.length - tail).map((line) => `- ${line}`),
    ...now.slice(head, now.length - tail).map((line) => `+ ${line}`),
  ]
    .map((line) => visibleText(line, symbols))
    .join('\n');
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/);
}
