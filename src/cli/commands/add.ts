import { resolve } from 'node:path';
import type { Project } from '../../app/project.js';
import type { AddDataRequest, AddedData, DataPreview, WidenedColumn } from '../../protocol/addData.js';
import { askYesOrNo, canAsk } from '../ask.js';
import type { CommandContext } from '../context.js';
import { exitCodes } from '../exitCodes.js';
import { interruptible } from '../interrupt.js';
import { withProject } from '../openedProject.js';
import { formatPreview } from '../print/dataPreview.js';
import { visibleText } from '../print/visibleText.js';
import type { Style } from '../style.js';
import { usageError } from '../usage.js';

export interface AddCommandOptions {
  readonly name?: string;
  readonly notebook: string;
  readonly yes?: boolean;
  readonly project?: string;
}

/** `ratatouille add`: shows what a file would become, and makes it so. */
export function add(context: CommandContext, file: string, options: AddCommandOptions): Promise<number> {
  const request: AddDataRequest = {
    file: resolve(context.terminal.directory, file),
    ...(options.name !== undefined && { name: options.name }),
  };
  return withProject(context, options, async (project) => {
    const preview = await project.lookAtData(request);
    context.screen.print(formatPreview(preview, context.screen.style));
    if (!(await isWanted(context, preview, options))) {
      context.screen.print('Nothing was added.');
      return exitCodes.done;
    }
    return interruptible(context, (signal) => addToProject(context, project, request, options, signal));
  });
}

async function isWanted(
  context: CommandContext,
  { table }: DataPreview,
  { yes, notebook }: AddCommandOptions,
): Promise<boolean> {
  if (yes === true) return true;
  if (canAsk(context.terminal))
    return askYesOrNo(context.terminal, `Copy it and add a cell for ${table} to ${notebook}?`);
  throw usageError(
    'Nothing was added: nobody is there to be asked.',
    'Look at the columns above, then call it again with --yes.',
  );
}

async function addToProject(
  context: CommandContext,
  project: Project,
  request: AddDataRequest,
  { notebook }: AddCommandOptions,
  signal: AbortSignal,
): Promise<number> {
  const added = await project.addData(request, signal);
  await project.appendCell(notebook, added.cell);
  if (context.json) await context.output.printJson({ ...added, notebook });
  else await context.output.print(whatCameOfIt(added, notebook, context.output.style));
  return exitCodes.done;
}

function whatCameOfIt({ path, contract, table, widened }: AddedData, notebook: string, style: Style): string {
  return [
    `Copied to ${path}; how it is read is in ${contract}.`,
    ...widened.map((column) => whyText(column, style)),
    `The last cell of ${notebook} builds ${table} from it. Next:`,
    `  ratatouille run ${table}`,
    `  ratatouille query "FROM ${table}"`,
  ].join('\n');
}

function whyText({ column, line, value }: WidenedColumn, { symbols }: Style): string {
  const where = line === undefined ? 'a line below' : `line ${line}`;
  return visibleText(`${column} became VARCHAR: ${where} has ${value}.`, symbols);
}
