import { mkdirSync, statfsSync, statSync } from 'node:fs';
import { type Lake, openLake } from '../lake/lake.js';
import { layoutOf } from '../lake/layout.js';
import { projectLog } from '../lake/projectLog.js';
import { requireProjectRoot } from '../project/root.js';
import { readSettings } from '../project/settings.js';
import type { DoctorReport, Finding } from '../protocol/doctor.js';
import { type Logger, silentLogger } from '../protocol/logger.js';
import { ProblemError } from '../protocol/problem.js';
import { examineContracts, examineNotebooks } from './examineFiles.js';

export interface ExamineOptions {
  /** A folder in the project. */
  readonly directory: string;
  /** Mend what can be mended; what is in the way is set aside, never deleted. */
  readonly repair: boolean;
  /** Look at the sizes and times of versions, not at their bytes. */
  readonly quick: boolean;
  readonly logger?: Logger;
  /** Aborting rejects with its reason; what was repaired before stays so. */
  readonly signal?: AbortSignal;
  /** Called with who is writing, when a repair has to wait. */
  readonly onWaiting?: (holder: string) => void;
}

/** Examines a project. Throws ProblemErrors `project.missing`, `lake.file-system`, and with `repair` `lake.conflict`. */
export type ExamineProject = (options: ExamineOptions) => Promise<DoctorReport>;

/** What is known of the settings when they can't be read is what they are by default. */
interface Settings {
  readonly findings: readonly Finding[];
  readonly environment: string;
  readonly keepVersions?: number;
  readonly notebooks: string;
}

/** The examination needs no engine, and neither readable settings nor a readable lake. */
export const examineProject: ExamineProject = async (options) => {
  const root = requireProjectRoot(options.directory);
  const settings = settingsOf(root);
  const { environment, keepVersions } = settings;
  const lake = openLake({
    root,
    environment,
    logger: projectLog(layoutOf(root, environment), options.logger ?? silentLogger),
    ...(keepVersions === undefined ? {} : { retention: { versions: keepVersions } }),
  });
  const before = await examine(lake, settings, options);
  const base = { format: 1 as const, root, environment };
  if (!options.repair || before.findings.every(({ repair }) => repair === undefined)) {
    const repaired = options.repair ? { repaired: [] } : {};
    return { ...base, ...before, ...repaired, setAside: [] };
  }
  const setAside = await repair(lake, options);
  const after = await examine(lake, settings, options);
  const left = new Set(after.findings.map(identityOf));
  const repaired = before.findings.filter((finding) => !left.has(identityOf(finding)));
  return { ...base, ...after, repaired, setAside };
};

/** A fault that has become a note, as an earlier version that was marked, counts as repaired. */
function identityOf({ kind, weight, table, place, message }: Finding): string {
  const what = table === undefined ? (place?.file ?? message) : [table, message];
  return JSON.stringify([kind, weight, what]);
}

async function repair(lake: Lake, { quick, signal, onWaiting }: ExamineOptions) {
  mkdirSync(lake.layout.landing, { recursive: true });
  const waiting = { ...(signal && { signal }), ...(onWaiting && { onWaiting }) };
  return lake.repair({ quick, ...(signal && { signal }) }, waiting);
}

async function examine(
  lake: Lake,
  settings: Settings,
  { quick, signal }: ExamineOptions,
): Promise<Pick<DoctorReport, 'generation' | 'read' | 'findings'>> {
  const { root, landing } = lake.layout;
  const { generation, read, findings } = await lake.examine({ quick, ...(signal && { signal }) });
  return {
    ...(generation === undefined ? {} : { generation }),
    read,
    findings: [
      ...settings.findings,
      ...findings,
      ...landingFinding(landing),
      ...examineNotebooks(root, settings.notebooks),
      ...examineContracts(root),
      ...spaceFinding(root),
    ],
  };
}

const defaults = { environment: 'prod', notebooks: 'notebooks/**/*.ratnb' };

function settingsOf(root: string): Settings {
  try {
    const { environment, keepVersions, notebooks } = readSettings(root);
    return { findings: [], environment, keepVersions, notebooks };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { message, hint, place } = error.problem;
    const finding: Finding = {
      kind: 'settings',
      weight: 'fault',
      message,
      meaning: 'Nothing can be read or built until it is mended. The rest was examined as by default.',
      ...(hint === undefined ? {} : { hint }),
      ...(place === undefined ? {} : { place }),
    };
    return { findings: [finding], ...defaults };
  }
}

function landingFinding(landing: string): readonly Finding[] {
  const stats = statSync(landing, { throwIfNoEntry: false });
  if (stats?.isDirectory()) return [];
  const base = {
    kind: 'landing' as const,
    weight: 'fault' as const,
    place: { file: 'data/landing' },
    meaning: 'landing() finds no file.',
  };
  if (stats !== undefined) return [{ ...base, message: 'data/landing is no folder.', hint: 'Move it away.' }];
  return [
    {
      ...base,
      message: 'The folder data/landing is missing.',
      repair: 'Makes the folder, empty.',
      hint: 'Put the files back that were in it.',
    },
  ];
}

const littleSpace = 500_000_000;

function spaceFinding(root: string): readonly Finding[] {
  const { bavail, bsize } = statfsSync(root);
  if (bavail * bsize >= littleSpace) return [];
  return [
    {
      kind: 'folder',
      weight: 'note',
      message: `The project’s disk has ${Math.floor((bavail * bsize) / 1e6)} MB free.`,
      meaning: 'A run that needs more fails, and leaves every table as it was.',
    },
  ];
}
