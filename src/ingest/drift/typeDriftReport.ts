import type { EngineSession } from '../../engine/engine.js';
import type { DriftReport } from '../../protocol/drift.js';
import { otherType } from './differences.js';
import type { NamedContract } from './fileDrift.js';
import { columnMisfits, typeDrifts } from './typeDrift.js';

/**
 * The columns that have another type now, from the records that were rejected; undefined where none has.
 * @param records of each file, by its path.
 */
export async function typeDriftReport(
  session: EngineSession,
  rejects: string,
  { contract, path }: NamedContract,
  records: ReadonlyMap<string, number>,
): Promise<DriftReport | undefined> {
  const misfits = await columnMisfits(session, rejects);
  const drifts = typeDrifts(misfits, contract, records);
  if (drifts.length === 0) return undefined;
  return {
    version: 1,
    contract: path,
    pattern: contract.files,
    files: records.size,
    differing: [...new Set(drifts.flatMap(({ files }) => files))].sort(),
    differences: drifts.map((drift) => otherType({ contract, path }, drift)),
  };
}
