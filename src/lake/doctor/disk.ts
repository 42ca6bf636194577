import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Finding } from '../../protocol/doctor.js';
import type { LakeContext } from '../context.js';
import { removeLeftover } from '../durable.js';
import { errorCode } from '../fileSystem.js';
import type { Manifest } from '../manifest.js';

/** Tries what the project's disk can do, with files that are gone again at once. */
export async function examineDisk(context: LakeContext): Promise<readonly Finding[]> {
  const { fileSystem, layout } = context;
  const probe = join(layout.root, `.ratatouille-doctor-${randomUUID()}`);
  try {
    await fileSystem.create(probe, '');
    return [...(await linkFinding(context, probe)), ...(await caseFinding(context, probe))];
  } catch (error) {
    return [notWritable(error)];
  } finally {
    for (const path of [probe, `${probe}.link`]) await removeLeftover(context, path);
  }
}

function notWritable(error: unknown): Finding {
  return {
    kind: 'folder',
    weight: 'fault',
    message: `The project’s folder can’t be written to: ${error instanceof Error ? error.message : error}.`,
    meaning: 'Queries work; a run can’t.',
    hint: 'Give the person who runs it the right to write there, or free some space.',
  };
}

async function linkFinding({ fileSystem }: LakeContext, probe: string): Promise<readonly Finding[]> {
  try {
    await fileSystem.link(probe, `${probe}.link`);
    return [];
  } catch (error) {
    return [
      {
        kind: 'folder',
        weight: 'note',
        message: `This disk makes no hard links (${errorCode(error) ?? error}).`,
        meaning: 'Everything works by copies instead: each table takes up its room twice.',
      },
    ];
  }
}

async function caseFinding({ fileSystem }: LakeContext, probe: string): Promise<readonly Finding[]> {
  const upper = join(dirname(probe), probe.slice(dirname(probe).length + 1).toUpperCase());
  if ((await fileSystem.status(upper)) === undefined) return [];
  return [
    {
      kind: 'folder',
      weight: 'note',
      message: 'This disk takes upper and lower case for the same.',
      meaning:
        'Landing files or notebooks whose names differ in nothing else can’t be here together; tables are not concerned.',
    },
  ];
}

const clockToleranceMs = 60_000;

/** Tells when the clock stands before the last commit. */
export function clockFinding({ clock }: LakeContext, manifest: Manifest): readonly Finding[] {
  const now = clock();
  if (Date.parse(manifest.committedAt) - now.getTime() <= clockToleranceMs) return [];
  return [
    {
      kind: 'clock',
      weight: 'fault',
      message: `The clock says ${now.toISOString()}, but the lake was last written at ${manifest.committedAt}.`,
      meaning:
        'Which version is current does not depend on it. now(), $run_started_at, fresh checks and the times of runs do.',
      hint: 'See whether the clock is right. If it is, the next run ends this.',
    },
  ];
}
