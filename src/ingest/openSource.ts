import type { EngineError } from '../engine/engine.js';
import type { BackgroundScan } from './backgroundScan.js';
import type { Contract } from './contractSchema.js';
import type { ContractStore, StoredContract } from './contractStore.js';
import type { LandingSource } from './landingSource.js';
import { type HeadedFile, landingColumns, selectOf } from './read.js';
import { describeFailure, isEncodingError, readFailureOf } from './readError.js';

interface SourceParts {
  readonly files: readonly HeadedFile[];
  readonly scan: BackgroundScan;
  readonly contracts: ContractStore;
  readonly written: boolean;
}

/** Puts together what a model needs to read files by a contract. */
export function openSource(parts: SourceParts, stored: StoredContract): LandingSource {
  const { files, scan, written } = parts;
  const { contract, path, hash } = stored;
  return {
    pattern: contract.files,
    select: selectOf(files, contract),
    columns: landingColumns(contract),
    contract: { path, hash, written },
    finish: () => scan.finish(),
    stop: () => scan.stop(),
    widen: (error) => widened(parts, stored, error),
    explain: async (error) => {
      const failure = readFailureOf(error, files, contract);
      if (failure !== undefined)
        return (await scan.problem(failure.file)) ?? describeFailure(failure, contract, path);
      return isEncodingError(error) ? scan.problem() : undefined;
    },
  };
}

function widened(parts: SourceParts, stored: StoredContract, error: EngineError): LandingSource | undefined {
  const column = readFailureOf(error, parts.files, stored.contract)?.value?.column;
  if (!parts.written || column === undefined) return undefined;
  const replaced = parts.contracts.replace(stored, withText(stored.contract, column));
  return replaced && openSource(parts, replaced);
}

function withText(contract: Contract, column: string): Contract {
  const columns = contract.columns.map(({ name, type }) => ({
    name,
    type: name === column ? 'VARCHAR' : type,
  }));
  return { ...contract, columns };
}
