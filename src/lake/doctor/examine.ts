import type { Finding } from '../../protocol/doctor.js';
import type { LakeContext } from '../context.js';
import type { ManifestStore } from '../manifestStore.js';
import { clockFinding, examineDisk } from './disk.js';
import {
  damagedRunRecords,
  examineLease,
  examineStaging,
  examineUnnamed,
  findingsOfRunRecords,
} from './leftovers.js';
import { findingsOfManifests, readManifests } from './manifests.js';
import { examinePlainNames, plainRecordFinding, plainRecordIsDamaged } from './plainNames.js';
import { findingsOfVersions } from './versionFindings.js';
import { allFilesOf, type Depth, type ExaminedVersion, examineVersions } from './versions.js';

/** What was found in a lake. */
export interface LakeExamination {
  /** The newest generation that can be read; undefined where none can. */
  readonly generation: number | undefined;
  /** The files whose bytes were compared. */
  readonly read: { readonly files: number; readonly bytes: number };
  readonly findings: readonly Finding[];
}

/** Looks at everything of a lake in one environment; changes nothing. Throws the signal's reason when it is aborted. */
export async function examineLake(
  context: LakeContext,
  store: ManifestStore,
  depth: Depth,
): Promise<LakeExamination> {
  const { findings: aboutLease, mayWrite } = await examineLease(context);
  const manifests = await readManifests(context, store);
  const { good, newestIsGood } = manifests;
  const versions = good === undefined ? [] : await examineVersions(context, good, depth);
  const atRest = !mayWrite && good !== undefined && newestIsGood;
  return {
    generation: good?.generation,
    read: depth.quick ? { files: 0, bytes: 0 } : amountRead(versions),
    findings: [
      ...findingsOfManifests(context, manifests),
      ...findingsOfVersions(versions),
      ...(atRest ? await examinePlainNames(context, good) : []),
      ...((await plainRecordIsDamaged(context)) ? [plainRecordFinding(context)] : []),
      ...(mayWrite ? [] : await examineStaging(context)),
      ...(atRest ? await examineUnnamed(context) : []),
      ...findingsOfRunRecords(context, await damagedRunRecords(context)),
      ...aboutLease,
      ...(good === undefined ? [] : clockFinding(context, good)),
      ...(await examineDisk(context)),
    ],
  };
}

function amountRead(versions: readonly ExaminedVersion[]): LakeExamination['read'] {
  const files = versions
    .flatMap(({ version }) => allFilesOf(version))
    .filter(({ sha256 }) => sha256 !== undefined);
  return { files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}
