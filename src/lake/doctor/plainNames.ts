import type { Finding } from '../../protocol/doctor.js';
import type { LakeContext } from '../context.js';
import { contentOf } from '../durable.js';
import type { Manifest } from '../manifest.js';
import { checkPlainNames, type PlainState } from '../plainNames.js';
import { isObject } from './leftovers.js';

type Wrong = Exclude<PlainState, 'current' | 'absent' | 'damaged'>;

const told: Readonly<Record<Wrong, readonly [message: string, repair: string]>> = {
  missing: ['is missing', 'Puts the current version there.'],
  behind: ['shows an earlier version', 'Puts the current version there.'],
  changed: [
    'was changed by another program',
    'Puts the current version there; what stands there now goes to .ratatouille/outside.',
  ],
  unwanted: ['shows a table that is gone', 'Removes the name; the versions are not touched.'],
};

/** Looks at what programs outside read; call it when nobody writes. */
export async function examinePlainNames(
  context: LakeContext,
  manifest: Manifest,
): Promise<readonly Finding[]> {
  const names = await checkPlainNames(context, manifest);
  return names.flatMap(({ table, path, state }): readonly Finding[] => {
    // The version itself is told of.
    if (state === 'current' || state === 'absent' || state === 'damaged') return [];
    const [what, repair] = told[state];
    return [
      {
        kind: 'plain name',
        weight: 'fault',
        table,
        place: { file: path },
        message: `${path} ${what}.`,
        meaning: 'Other programs read that; queries and runs here read the version itself.',
        repair,
      },
    ];
  });
}

/** Tells whether what the lake remembers of plain names is there and can't be read. */
export async function plainRecordIsDamaged({ fileSystem, layout }: LakeContext): Promise<boolean> {
  const text = await contentOf(fileSystem, layout.plainRecord);
  return text !== undefined && !isObject(text);
}

/** Tells of that record. */
export function plainRecordFinding({ layout }: LakeContext): Finding {
  const file = layout.displayed(layout.plainRecord);
  return {
    kind: 'plain name',
    weight: 'fault',
    place: { file },
    message: `${file}, which tells the lake’s own files under data/ from others, can’t be read.`,
    meaning: 'A file there that is a copy is taken for changed by another program, and made anew.',
    repair: 'Sets the file aside.',
  };
}
