import type { ModelOutcome } from '../../protocol/run.js';
import {
  describeEquation,
  describeRejected,
  describeStanding,
  formatElapsed,
  formatQuantity,
} from '../../protocol/wording.js';
import type { Style } from '../style.js';
import { pad } from './width.js';

/** One line for a model that ended: how, its rows, how long it took, why it ran or did not. */
export function formatModelOutcome(outcome: ModelOutcome, nameWidth: number, style: Style): string {
  const { colours } = style;
  const line = `${marked(outcome, style)} ${pad(outcome.model, nameWidth)}  ${describe(outcome)}`;
  const reason = outcome.reason === '' ? '' : `  ${colours.dim(outcome.reason)}`;
  return outcome.status === 'skipped' ? colours.dim(`${line}`) + reason : line + reason;
}

function describe(outcome: ModelOutcome): string {
  const parts: string[] = [outcome.status === 'skipped' ? 'up to date' : outcome.status];
  if (outcome.status === 'built' || outcome.status === 'judged') {
    parts.push(...describeRows(outcome), formatElapsed(outcome.elapsedMs));
  }
  if (outcome.standing !== undefined) parts.push(describeStanding(outcome.standing));
  return parts.join('  ');
}

/** Where all rows that went in came out there is nothing to add up. */
function describeRows({ rows, dropped, rejected, equation }: ModelOutcome): readonly string[] {
  if (equation?.holds !== undefined && equation.in !== equation.out) return [describeEquation(equation)];
  return [
    ...(rows === undefined ? [] : [formatQuantity(rows, 'row')]),
    ...(dropped ? [`${formatQuantity(dropped, 'row')} to quarantine`] : []),
    ...(rejected ? [describeRejected(rejected)] : []),
  ];
}

function marked({ status, problems }: ModelOutcome, { colours, symbols }: Style): string {
  if (status === 'failed') return colours.red(symbols.failed);
  if (status === 'skipped') return symbols.skipped;
  if (status === 'blocked' || status === 'cancelled') return colours.yellow(symbols.skipped);
  return problems.length > 0 ? colours.yellow(symbols.warning) : colours.green(symbols.done);
}
