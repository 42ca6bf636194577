import { open, readFile, realpath, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative, sep } from 'node:path';
import { parseContract } from '../ingest/contract.js';
import { ContractStore } from '../ingest/contractStore.js';
import { incomingNames } from '../ingest/incoming/names.js';
import { misfitsByEngine } from '../ingest/inspection/askEngine.js';
import {
  type InspectionOptions,
  type InspectionTarget,
  inspectCsv,
} from '../ingest/inspection/inspectCsv.js';
import type { GivenContract } from '../ingest/inspection/reading.js';
import { isReadableName } from '../ingest/landingFiles.js';
import { defaultEnvironment, layoutOf } from '../lake/layout.js';
import { findProjectRoot } from '../project/root.js';
import type { FileInspection, Finding } from '../protocol/inspection.js';
import { ProblemError, problem } from '../protocol/problem.js';
import type { ProblemCode } from '../protocol/problemCodes.js';
import { lazy } from './lazy.js';

export interface InspectFileOptions extends Pick<InspectionOptions, 'signal' | 'onBeginning' | 'onProgress'> {
  /** Absolute. */
  readonly file: string;
  /** As people wrote it, for the report. */
  readonly shownAs: string;
  /** A folder in the project whose contracts count; there may be none. */
  readonly directory: string;
  /** The contract to hold it against, absolute and as people wrote it; absent: the one that it is under, if any. */
  readonly contract?: { readonly file: string; readonly shownAs: string };
}

/**
 * Looks into a CSV file, in a project or not; nothing is written. Throws a ProblemError `data.missing`,
 * `data.folder`, `data.unreadable`, `landing.contract` for the contract that was given, `sql.cancelled`.
 */
export type InspectFile = (options: InspectFileOptions) => Promise<FileInspection>;

export const inspectFile: InspectFile = async (options) => {
  await requireReadable(options.file, options.shownAs);
  const target = await targetOf(options);
  const engine = lazy(async () => {
    const { openDuckDB } = await import('../engine/duckdb/open.js');
    return openDuckDB({ temporaryDirectory: tmpdir() });
  });
  const session = lazy(async () => (await engine()).openSession());
  try {
    return await inspectCsv(target, { ...options, findMisfits: misfitsByEngine(session) });
  } finally {
    await (await session.made())?.close();
    await (await engine.made())?.close();
  }
};

async function targetOf({
  file,
  shownAs,
  directory,
  contract,
}: InspectFileOptions): Promise<InspectionTarget> {
  const root = findProjectRoot(directory);
  const landingPath = root === undefined ? undefined : await pathInLanding(root, file);
  const chosen =
    contract !== undefined
      ? { given: { contract: await readContract(contract), path: contract.shownAs } }
      : ownContract(root, landingPath);
  return {
    file: shownAs,
    ...(landingPath !== undefined && { landingPath }),
    source: { path: landingPath ?? basename(file), absolute: file },
    pattern: landingPath === undefined ? patternOutside(file) : patternInside(landingPath),
    ...('given' in chosen && { given: chosen.given }),
    findings: [...('finding' in chosen ? [chosen.finding] : []), ...nameFindings(file)],
  };
}

/** Below the landing folder, with forward slashes; undefined elsewhere. */
async function pathInLanding(root: string, file: string): Promise<string | undefined> {
  const { landing } = layoutOf(root, defaultEnvironment);
  const real = await realpath(landing).catch(() => landing);
  const path = relative(real, await realpath(file))
    .split(sep)
    .join('/');
  return path.startsWith('../') || /^([A-Za-z]:|\/)/.test(path) ? undefined : path;
}

type OwnContract = { readonly given: GivenContract } | { readonly finding: Finding } | Record<string, never>;

function ownContract(root: string | undefined, landingPath: string | undefined): OwnContract {
  if (root === undefined || landingPath === undefined) return {};
  const [own, second] = new ContractStore(join(root, 'contracts')).reading(landingPath);
  if (own === undefined) return {};
  if (second === undefined) return { given: own };
  return {
    finding: {
      effect: 'stops',
      message: `The file is under two contracts, ${own.path} and ${second.path}.`,
      hint: 'Make the "files" of one narrower, or delete the contract that nothing reads.',
    },
  };
}

async function readContract({ file, shownAs }: NonNullable<InspectFileOptions['contract']>) {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw refusal('landing.contract', `The contract ${shownAs} can't be read.`, 'Look at its path.', error);
  }
  return parseContract(text, shownAs);
}

/** As a pattern of the files beside it. */
function patternInside(path: string): string {
  const [folder, ending] = [
    path.slice(0, path.lastIndexOf('/') + 1),
    /\.(?:csv|tsv|txt)(?:\.gz)?$/i.exec(path)?.[0],
  ];
  return folder === '' || ending === undefined ? path : `${folder}*${ending}`;
}

function patternOutside(file: string): string {
  try {
    return incomingNames(file).pattern;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return 'data/*.csv';
  }
}

function nameFindings(file: string): readonly Finding[] {
  if (isReadableName(basename(file))) return [];
  return [
    {
      effect: 'look',
      message: 'landing() does not read a file of this name.',
      hint: 'A copy in data/landing has to end in .csv, .tsv, .txt, .csv.gz or .tsv.gz.',
    },
  ];
}

async function requireReadable(file: string, shownAs: string): Promise<void> {
  try {
    if ((await stat(file)).isDirectory())
      throw refusal('data.folder', `${shownAs} is a folder.`, 'Inspect the files in it one by one.');
    await (await open(file)).close();
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw refusal(
        'data.missing',
        `There is no file ${shownAs}.`,
        'Look at the spelling of its path.',
        error,
      );
    throw refusal(
      'data.unreadable',
      `${shownAs} can't be read.`,
      'Close the program that has it open, or inspect a copy of it in a folder of your own.',
      error,
    );
  }
}

function refusal(code: ProblemCode, message: string, hint: string, cause?: unknown): ProblemError {
  const more = cause instanceof Error ? { hint, cause: cause.message } : { hint };
  return new ProblemError(problem(code, message, more), { cause });
}
