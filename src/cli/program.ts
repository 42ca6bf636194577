import { Argument, Command, Option } from 'commander';
import { readVersion } from '../app/ownPackage.js';
import type { AcceptCommandOptions } from './commands/accept.js';
import type { AddCommandOptions } from './commands/add.js';
import type { CheckCommandOptions } from './commands/check.js';
import type { CleanCommandOptions } from './commands/clean.js';
import type { DoctorCommandOptions } from './commands/doctor.js';
import type { GenerateOptions } from './commands/generate.js';
import type { ImageCommandOptions } from './commands/image.js';
import type { InitCommandOptions } from './commands/init.js';
import type { InspectCommandOptions } from './commands/inspect.js';
import type { PlanCommandOptions } from './commands/plan.js';
import type { QualityCommandOptions } from './commands/quality.js';
import type { QueryCommandOptions } from './commands/query.js';
import type { RenameCommandOptions } from './commands/rename.js';
import type { RestoreCommandOptions } from './commands/restore.js';
import type { RunCommandOptions } from './commands/run.js';
import type { StatusCommandOptions } from './commands/status.js';
import type { CommandContext } from './context.js';
import {
  collected,
  frozenOption,
  fullRefreshOption,
  jsonOption,
  notFrozenOption,
  projectOption,
  rowLimit,
  wholeNumber,
} from './options.js';
import { queryFormats } from './queryFormats.js';
import type { Terminal } from './terminal.js';

/** Does a command's work; the work loads its modules itself, so that `--help` loads none of them. */
export type Dispatch = (work: (context: CommandContext) => Promise<number>) => Promise<void>;

/** Every command with its options; a refused call throws a CommanderError. */
export function createProgram(terminal: Terminal, dispatch: Dispatch): Command {
  const program = new Command('ratatouille')
    .description('From CSV files to a bronze, silver and gold lake of Parquet, with SQL notebooks.')
    .version(readVersion(), '--version', 'print the version')
    .helpOption('--help', 'show the help of a command')
    .helpCommand('help [command]', 'show the help of a command')
    // `restore --version 3` means a version of the table.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput(outputTo(terminal))
    .addHelpText('after', firstSteps);
  for (const define of [
    defineInit,
    defineGenerate,
    defineInspect,
    defineAdd,
    defineAccept,
    defineRun,
    definePlan,
    defineCheck,
    defineQuality,
    defineQuery,
    defineStatus,
    defineDoctor,
    defineClean,
    defineRestore,
    defineRename,
    defineImage,
  ]) {
    define(program, dispatch);
  }
  return program;
}

const firstSteps = `
First steps:
  ratatouille init my-project && cd my-project
  ratatouille run
  ratatouille query "FROM gold.daily_sales LIMIT 10"`;

const selectionHelp = 'models, as silver.sales, +gold.daily, silver.sales+, tag:x, notebook:x; default: all';

function defineInit(program: Command, dispatch: Dispatch): void {
  program
    .command('init')
    .description('make a new project')
    .argument('<dir>', 'its folder: missing or empty')
    .option('--template <name>', 'what it starts from; default: pos-sales')
    .option('--name <name>', 'what people call it; default: the name of its folder')
    .option('--no-sample-data', 'leave data/landing empty')
    .addOption(jsonOption())
    .action((directory: string, options: InitCommandOptions) =>
      dispatch(async (context) => (await import('./commands/init.js')).init(context, directory, options)),
    );
}

function defineGenerate(program: Command, dispatch: Dispatch): void {
  program
    .command('generate')
    .description('write sample CSV files: receipts, stores, products and customers')
    .option('--rows <n>', 'lines in all daily files together', wholeNumber(1), 100_000)
    .option('--seed <n>', 'the same seed gives the same bytes', wholeNumber(0), 1)
    .option('--days <n>', 'daily files; default: by the rows, at least 7 and at most 365', wholeNumber(1))
    .option('--output <dir>', 'where they go; default: the landing folder of the project')
    .option('--overwrite', 'write over files that generate did not make')
    .addOption(jsonOption())
    .addOption(projectOption())
    .action((options: GenerateOptions) =>
      dispatch(async (context) => (await import('./commands/generate.js')).generate(context, options)),
    );
}

function defineInspect(program: Command, dispatch: Dispatch): void {
  program
    .command('inspect')
    .description('look into a CSV file: how it is written, what its columns hold, which lines are suspect')
    .argument('<file>', 'any file; in landing it is held against its contract')
    .option(
      '--contract <file>',
      'hold it against this contract; default: auto, the one that it is under',
      'auto',
    )
    .addOption(jsonOption())
    .addOption(projectOption())
    .action((file: string, options: InspectCommandOptions) =>
      dispatch(async (context) => (await import('./commands/inspect.js')).inspect(context, file, options)),
    );
}

function defineAdd(program: Command, dispatch: Dispatch): void {
  program
    .command('add')
    .description('bring in a CSV file of your own: copy it to landing, add a cell that reads it')
    .argument('<file>', 'a .csv, .tsv or .txt file, also compressed as .csv.gz')
    .option('--name <name>', 'the name of its table; default: by the name of the file')
    .option('--notebook <path>', 'the notebook that gets the cell', 'notebooks/02_your_data.ratnb')
    .option('--yes', 'do not ask')
    .addOption(jsonOption())
    .addOption(projectOption())
    .action((file: string, options: AddCommandOptions) =>
      dispatch(async (context) => (await import('./commands/add.js')).add(context, file, options)),
    );
}

function defineAccept(program: Command, dispatch: Dispatch): void {
  program
    .command('accept')
    .description('change a contract so that files which differ from it fit')
    .argument('<file-or-pattern>', 'the pattern of a landing(), as "sales/*.csv", or a file that it reads')
    .option('--ignore <column>', 'do not read a new column; may be repeated', collected)
    .option('--cast <column=type>', 'the type that a column has from now on; may be repeated', collected)
    .option('--new <column>', 'a new column that only looks like a renamed one; may be repeated', collected)
    .option('--yes', 'do not ask')
    .addOption(jsonOption())
    .addOption(projectOption())
    .action((target: string, options: AcceptCommandOptions) =>
      dispatch(async (context) => (await import('./commands/accept.js')).accept(context, target, options)),
    );
}

function defineRun(program: Command, dispatch: Dispatch): void {
  refuseOpposites(program.command('run'), 'frozen')
    .description('build the tables that are not up to date')
    .argument('[selection...]', selectionHelp)
    .addOption(fullRefreshOption())
    .addOption(frozenOption())
    .addOption(notFrozenOption())
    .option(
      '--report <file>',
      'also write a report: .xml for JUnit, .md for Markdown; may be repeated',
      collected,
    )
    .option('--no-wait', 'exit with 3 instead of waiting while somebody else writes')
    .addOption(jsonOption())
    .addOption(projectOption())
    .action((select: string[], options: RunCommandOptions) =>
      dispatch(async (context) => (await import('./commands/run.js')).run(context, select, options)),
    );
}

function definePlan(program: Command, dispatch: Dispatch): void {
  refuseOpposites(program.command('plan'), 'frozen')
    .description('show what a run would build, and why')
    .argument('[selection...]', selectionHelp)
    .addOption(fullRefreshOption())
    .addOption(frozenOption())
    .addOption(notFrozenOption())
    .addOption(jsonOption())
    .addOption(projectOption())
    .action((select: string[], options: PlanCommandOptions) =>
      dispatch(async (context) => (await import('./commands/plan.js')).plan(context, select, options)),
    );
}

function defineCheck(program: Command, dispatch: Dispatch): void {
  program
    .command('check')
    .description('judge the checks of published tables again, without building anything')
    .argument('[selection...]', selectionHelp)
    .addOption(jsonOption())
    .addOption(projectOption())
    .action((select: string[], options: CheckCommandOptions) =>
      dispatch(async (context) => (await import('./commands/check.js')).check(context, select, options)),
    );
}

function defineQuality(program: Command, dispatch: Dispatch): void {
  program
    .command('quality')
    .description('show how good the data of each table is over its last runs')
    .argument('[table...]', 'as silver.sales; default: all')
    .option('--runs <n>', 'how many runs of each table', wholeNumber(1), 10)
    .addOption(jsonOption())
    .addOption(projectOption())
    .action((tables: string[], options: QualityCommandOptions) =>
      dispatch(async (context) => (await import('./commands/quality.js')).quality(context, tables, options)),
    );
}

function defineQuery(program: Command, dispatch: Dispatch): void {
  program
    .command('query')
    .description('run one query over the published tables')
    .argument('[sql]', 'the query, or - to read it from standard input')
    .option('--file <file>', 'read the query from a file')
    .addOption(new Option('--format <format>', 'how to print the rows; default: table').choices(queryFormats))
    .addOption(jsonOption().conflicts('format'))
    .option('--limit <n>', 'print at most so many rows, or all; default: all, 40 on a terminal', rowLimit)
    .option('--output <file>', 'write the rows to a file instead of standard output')
    .option('--x <column>', 'for a chart: its labels; default: the first column without numbers')
    .option('--y <column>', 'for a chart: its bars; default: the first column with numbers')
    .addOption(projectOption())
    .action((sql: string | undefined, options: QueryCommandOptions) =>
      dispatch(async (context) => (await import('./commands/query.js')).query(context, sql, options)),
    );
}

function defineStatus(program: Command, dispatch: Dispatch): void {
  program
    .command('status')
    .description('show the tables of the lake, their state and the last run')
    .addOption(jsonOption())
    .addOption(projectOption())
    .action((options: StatusCommandOptions) =>
      dispatch(async (context) => (await import('./commands/status.js')).status(context, options)),
    );
}

function defineDoctor(program: Command, dispatch: Dispatch): void {
  program
    .command('doctor')
    .description('say what is wrong with the project, and mend what can be mended')
    .option('--repair', 'mend it; what is in the way is set aside, never deleted')
    .option('--quick', 'do not read the bytes of every version, only look at sizes and times')
    .addOption(jsonOption())
    .addOption(projectOption())
    .action((options: DoctorCommandOptions) =>
      dispatch(async (context) => (await import('./commands/doctor.js')).doctor(context, options)),
    );
}

function defineClean(program: Command, dispatch: Dispatch): void {
  program
    .command('clean')
    .description('remove what unfinished runs left and versions that are no longer kept')
    .option('--orphans', 'also remove the tables that no model builds any more')
    .option('--dry-run', 'only show what would be removed')
    .addOption(jsonOption())
    .addOption(projectOption())
    .action((options: CleanCommandOptions) =>
      dispatch(async (context) => (await import('./commands/clean.js')).clean(context, options)),
    );
}

function defineRestore(program: Command, dispatch: Dispatch): void {
  program
    .command('restore')
    .description('bring a removed table back, or make an earlier version of one current again')
    .argument('[table]', 'as silver.sales; without it, list what is kept')
    .option('--version <n>', 'which kept version; default: the last one of a removed table', wholeNumber(1))
    .option('--list', 'only show what can be restored')
    .addOption(jsonOption())
    .addOption(projectOption())
    .action((table: string | undefined, options: RestoreCommandOptions) =>
      dispatch(async (context) => (await import('./commands/restore.js')).restore(context, table, options)),
    );
}

function defineRename(program: Command, dispatch: Dispatch): void {
  program
    .command('rename')
    .description('give a table the name that its model has now, with all its versions')
    .argument('<old>', 'the table as it is called now, as silver.sales')
    .argument('<new>', 'the new name, which a model with the same SELECT has')
    .addOption(jsonOption())
    .addOption(projectOption())
    .action((from: string, to: string, options: RenameCommandOptions) =>
      dispatch(async (context) => (await import('./commands/rename.js')).rename(context, from, to, options)),
    );
}

function defineImage(program: Command, dispatch: Dispatch): void {
  program
    .command('image')
    .description('make the image of the container with VS Code in the browser')
    .addArgument(new Argument('<action>', 'what to do with it').choices(['build']))
    .option('--tag <name>', 'what it is called; default: ratatouille:<version>, as compose.yaml has it')
    .option('--base-image <image>', 'what it is made on; default: node:24-bookworm-slim')
    .addOption(jsonOption())
    .action((_action: string, options: ImageCommandOptions) =>
      dispatch(async (context) => (await import('./commands/image.js')).image(context, options)),
    );
}

/** The last of `--frozen` and `--no-frozen` would win in silence. */
function refuseOpposites(command: Command, name: string): Command {
  const seen = new Set<string>();
  for (const option of [name, `no-${name}`]) {
    command.on(`option:${option}`, () => {
      seen.add(option);
      if (seen.size > 1)
        command.error(`error: --${name} and --no-${name} are opposites\n(Give one of them.)`);
    });
  }
  return command;
}

function outputTo({ stdout, stderr }: Terminal) {
  return {
    writeOut: (text: string) => void stdout.write(text),
    writeErr: (text: string) => void stderr.write(text),
    // The error is thrown as well, and main prints it as it prints every problem.
    outputError: () => {},
    getOutHelpWidth: () => stdout.columns ?? 100,
    getErrHelpWidth: () => stderr.columns ?? 100,
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  };
}
