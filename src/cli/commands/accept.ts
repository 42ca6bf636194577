import type { ChangedContract, ContractChange, DriftReport } from '../../protocol/drift.js';
import { askYesOrNo, canAsk } from '../ask.js';
import type { CommandContext } from '../context.js';
import { exitCodes } from '../exitCodes.js';
import { interruptible } from '../interrupt.js';
import { withProject } from '../openedProject.js';
import { formatContractChange, formatDrift } from '../print/drift.js';
import { usageError } from '../usage.js';
import { chosenChanges, type DriftWishes } from './acceptChoices.js';

export interface AcceptCommandOptions extends DriftWishes {
  readonly yes?: boolean;
  readonly project?: string;
}

/** `ratatouille accept`: shows how files differ from their contract, and changes it. */
export function accept(
  context: CommandContext,
  target: string,
  options: AcceptCommandOptions,
): Promise<number> {
  return withProject(context, options, (project) =>
    interruptible(context, async (signal) => {
      const pattern = await project.patternMeant(target, context.terminal.directory);
      const report = await project.drift(pattern, signal);
      context.screen.print(formatDrift(report, context.screen.style));
      const changes = chosenChanges(report, options);
      const changed =
        changes.length === 0
          ? undefined
          : await project.acceptDrift(
              { pattern, changes },
              { signal, confirm: (wanted) => isWanted(context, wanted, options) },
            );
      await tell(context, report, changes, changed);
      return exitCodes.done;
    }),
  );
}

async function isWanted(
  context: CommandContext,
  changed: ChangedContract,
  { yes }: AcceptCommandOptions,
): Promise<boolean> {
  context.screen.print(formatContractChange(changed, context.screen.style));
  if (yes === true) return true;
  if (canAsk(context.terminal)) return askYesOrNo(context.terminal, `Write it to ${changed.contract}?`);
  throw usageError(
    'Nothing was written: nobody is there to be asked.',
    'Look at the differences above, then call it again with --yes.',
  );
}

async function tell(
  { json, output }: CommandContext,
  report: DriftReport,
  changes: readonly ContractChange[],
  changed: ChangedContract | undefined,
): Promise<void> {
  if (json) {
    await output.printJson({ ...report, accepted: changed === undefined ? [] : changes });
    return;
  }
  if (changed !== undefined) await output.print(`${changed.contract} was changed. Next: ratatouille run`);
  else if (changes.length === 0) await output.print(nothingToWrite(report));
  else await output.print('Nothing was written.');
}

function nothingToWrite({ differences, contract }: DriftReport): string {
  const isOrder = differences.every(({ kind }) => kind === 'reordered');
  return isOrder
    ? `The columns of all files are those of ${contract}; a run says whether every value fits.`
    : `No change of ${contract} would make all files fit.`;
}
