import type { Finding } from '../../protocol/doctor.js';
import { ProblemError } from '../../protocol/problem.js';
import { formatQuantity } from '../../protocol/wording.js';
import type { LakeContext } from '../context.js';
import { contentOf } from '../durable.js';
import { numberOf } from '../layout.js';
import { describeHolder, LeaseFile, parseHolder } from '../leaseFile.js';
import { unneededFolders, type VersionFolder } from '../versions.js';

/** Who writes the lake, as far as it can be told. */
export interface Holder {
  readonly findings: readonly Finding[];
  /** Somebody may be writing now. */
  readonly mayWrite: boolean;
}

/** Looks at the lease of the environment. */
export async function examineLease(context: LakeContext): Promise<Holder> {
  const text = await new LeaseFile(context).read();
  if (text === undefined) return { findings: [], mayWrite: false };
  const holder = parseHolder(text);
  const place = { file: context.layout.displayed(context.layout.lease) };
  const repair = 'Takes the right to write over and gives it back.';
  if (holder === undefined) {
    const finding: Finding = {
      kind: 'lease',
      weight: 'fault',
      place,
      message: 'The file that says who is writing the lake can’t be read.',
      meaning: 'The next run waits 30 s for a sign of life and goes on then.',
      repair,
    };
    return { findings: [finding], mayWrite: false };
  }
  if (await context.processes.isGone(holder)) {
    const finding: Finding = {
      kind: 'lease',
      weight: 'fault',
      place,
      message: `The right to write the lake belongs to ${describeHolder(text)}, which has ended.`,
      meaning: 'The next run takes it over at once.',
      repair,
    };
    return { findings: [finding], mayWrite: false };
  }
  const finding: Finding = {
    kind: 'lease',
    weight: 'note',
    place,
    message: `The lake is being written by ${describeHolder(text)}.`,
    meaning:
      'What a writer is still working on is not looked at. One that died on another machine is taken over after 30 s.',
  };
  return { findings: [finding], mayWrite: true };
}

/** What writers left that did not end; call it when nobody writes. */
export async function examineStaging({ fileSystem, layout }: LakeContext): Promise<readonly Finding[]> {
  const unfinished = await fileSystem.list(layout.staging);
  if (unfinished.length === 0) return [];
  return [
    {
      kind: 'unfinished run',
      weight: 'fault',
      place: { file: layout.displayed(layout.staging) },
      message: `${formatQuantity(unfinished.length, 'run')} did not end, as when a process is killed or a machine stops.`,
      meaning: 'Every table is at its old or its new version. What is left of the runs only takes up room.',
      repair: 'Clears it away, as the next run does.',
    },
  ];
}

/** Version folders that no manifest names; none where that is unknown, as another environment's can't be read. */
export async function unnamedFolders(context: LakeContext): Promise<readonly VersionFolder[]> {
  try {
    return await unneededFolders(context);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    context.logger.warn(`Versions that nothing names were not looked for: ${error.message}`);
    return [];
  }
}

/** Tells of them; call it when nobody writes and the newest manifest can be read. */
export async function examineUnnamed(context: LakeContext): Promise<readonly Finding[]> {
  const folders = await unnamedFolders(context);
  const [first] = folders;
  if (first === undefined) return [];
  return [
    {
      kind: 'unnamed version',
      weight: 'fault',
      place: { file: context.layout.displayed(first.path) },
      message: `${formatQuantity(folders.length, 'folder or file')} of versions ${folders.length === 1 ? 'belongs' : 'belong'} to no table.`,
      meaning:
        'A run that was killed left them, or the manifest that named them is gone. The end of a run removes them.',
      repair: 'Sets them aside.',
    },
  ];
}

/** The records of runs that can't be read: absolute paths. */
export async function damagedRunRecords({ fileSystem, layout }: LakeContext): Promise<readonly string[]> {
  const damaged: string[] = [];
  for (const name of await fileSystem.list(layout.runs)) {
    const run = numberOf(name);
    if (run === undefined) continue;
    const path = layout.run(run);
    const text = await contentOf(fileSystem, path);
    if (text !== undefined && !isObject(text)) damaged.push(path);
  }
  return damaged;
}

/** Tells of them. */
export function findingsOfRunRecords(
  { layout }: LakeContext,
  damaged: readonly string[],
): readonly Finding[] {
  return damaged.map((path) => ({
    kind: 'run record' as const,
    weight: 'fault' as const,
    place: { file: layout.displayed(path) },
    message: `The record of run ${numberOf(path.slice(layout.runs.length + 1))} can’t be read.`,
    meaning: 'That run is missing in lists; no table is concerned.',
    repair: 'Sets the file aside.',
  }));
}

/** Tells whether a text is a JSON object. */
export function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
