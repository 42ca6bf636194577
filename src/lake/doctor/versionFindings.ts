import type { Finding } from '../../protocol/doctor.js';
import type { TableEntry } from '../manifest.js';
import type { BesideDamage, ExaminedVersion } from './versions.js';

/** Tells of versions that are not what was published. */
export function findingsOfVersions(examined: readonly ExaminedVersion[]): readonly Finding[] {
  return examined.flatMap((each) => [
    ...(each.damage === undefined ? [] : [damagedFinding(each, each.damage, examined)]),
    ...each.besideDamages.map((damage) => besideFinding(each, damage)),
    ...(each.damage === undefined && !each.recorded ? [recordFinding(each)] : []),
  ]);
}

function damagedFinding(
  { entry, version, current, isEvident, isWrong }: ExaminedVersion,
  damage: string,
  examined: readonly ExaminedVersion[],
): Finding {
  const { name } = entry;
  const message = `Version ${version.version} of ${name} is damaged: ${damage}.`;
  const mark = { repair: 'Marks the version, so that nobody takes it for whole.' };
  if (!current) {
    const meaning = 'It can’t be restored; the table’s current version is not concerned.';
    const base = { kind: 'earlier version' as const, table: name, message, meaning };
    return isEvident ? { ...base, weight: 'note' } : { ...base, weight: 'fault', ...mark };
  }
  const isMarked = version.damaged !== undefined;
  return {
    kind: 'current version',
    weight: 'fault',
    table: name,
    message,
    meaning: `The next run builds ${name} again. ${isMarked ? 'Nobody reads it any more.' : untilThen(isWrong)}`,
    ...(isMarked || !isWrong ? {} : mark),
    hint: `Build it now: ratatouille run ${name}.${wayBack(entry, examined)}`,
  };
}

function untilThen(isWrong: boolean): string {
  return isWrong
    ? 'Until then queries of it fail, or give what is not true.'
    : 'Until then its bytes, as far as they were compared, are those that were published.';
}

function wayBack(entry: TableEntry, examined: readonly ExaminedVersion[]): string {
  const whole = examined.find(
    (each) => each.entry === entry && !each.current && each.damage === undefined && each.recorded,
  );
  if (whole === undefined) return '';
  return ` Or go back to a version that is whole: ratatouille restore ${entry.name} --version ${whole.version.version}`;
}

const besideWords = {
  quarantine: ['The quarantine', 'The rows that its checks took out'],
  rejects: ['The file of rejects', 'The records that did not fit their contract'],
} as const;

function besideFinding(
  { entry, version, current }: ExaminedVersion,
  { kind, reason }: BesideDamage,
): Finding {
  const { name } = entry;
  const [what, content] = besideWords[kind];
  return {
    kind,
    weight: current ? 'fault' : 'note',
    table: name,
    message: `${what} of version ${version.version} of ${name} is damaged: ${reason}.`,
    meaning: `${content} can’t be looked at; the table itself is not concerned.`,
    ...(current ? { hint: `Build the table again: ratatouille run ${name} --full-refresh` } : {}),
  };
}

function recordFinding({ entry, version }: ExaminedVersion): Finding {
  return {
    kind: 'version record',
    weight: 'fault',
    table: entry.name,
    message: `What version ${version.version} of ${entry.name} was built from is not recorded any more.`,
    meaning: 'It can be read but not restored; the table’s current version is not concerned.',
  };
}
