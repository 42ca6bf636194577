import type { DriftReport } from '../../protocol/drift.js';
import { type Problem, ProblemError, problem } from '../../protocol/problem.js';
import { formatCount } from '../../protocol/wording.js';
import { shownPath } from '../fileProblem.js';
import { acceptCommand } from './acceptCommand.js';

const mostCommands = 3;

/** What stops a run whose files differ from their contract: every difference, and the commands to choose by. */
export function driftProblem(report: DriftReport): Problem {
  const { contract, differences, differing, files, pattern } = report;
  const [first = ''] = differing;
  const many =
    files === 1
      ? `${shownPath(first)} differs`
      : `${formatCount(differing.length)} of ${formatCount(files)} files ${differing.length === 1 ? 'differs' : 'differ'}`;
  const said = differences.map(({ message }) => message).join(' ');
  return problem('landing.drift', `${many} from ${contract}: ${said}`, {
    hint: hintFor(report),
    place: { file: shownPath(first), line: 1 },
    ...(isAcceptable(report) && { fix: { kind: 'accept drift', pattern } }),
  });
}

/** As {@link driftProblem}, to be thrown. */
export function driftError(report: DriftReport): ProblemError {
  return new ProblemError(driftProblem(report));
}

/** The contract can be changed so that all files fit. */
export function isAcceptable({ differences }: DriftReport): boolean {
  return differences.every(({ kind, choices }) => kind === 'reordered' || choices.length > 0);
}

function hintFor(report: DriftReport): string {
  const { contract, differences, pattern } = report;
  if (!isAcceptable(report))
    return `Save them as ${contract} says, or give them a folder and a contract of their own.`;
  const others = differences.flatMap(({ choices }) => choices.slice(1));
  const commands = others
    .slice(0, mostCommands)
    .map(({ label, options }) => `${label}: ${acceptCommand(pattern, options)}.`);
  return [
    `Accept it into the contract: ${acceptCommand(pattern, [])}.`,
    ...commands,
    'Or correct the files.',
  ].join(' ');
}
