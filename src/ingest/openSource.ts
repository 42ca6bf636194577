import { EngineError } from '../engine/engine.js';
import type { Problem } from '../protocol/problem.js';
import { type BackgroundScan, MisshapenRecord } from './backgroundScan.js';
import type { Contract } from './contractSchema.js';
import type { ContractStore, StoredContract } from './contractStore.js';
import { driftProblem } from './drift/driftProblem.js';
import { typeDriftReport } from './drift/typeDriftReport.js';
import type { FileFit } from './fileKnowledge.js';
import { fileProblem } from './fileProblem.js';
import type { LandingSource, RejectRequest, Rejects } from './landingSource.js';
import { type HeadedFile, landingColumns, type ReadableFile, selectOf } from './read.js';
import { describeFailure, isOfSomeFile, readFailureOf } from './readError.js';
import { type SetApart, setApart } from './setApart.js';

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
  let fits: readonly FileFit[] | undefined;
  return {
    pattern: contract.files,
    select: selectOf(files, contract),
    columns: landingColumns(contract),
    contract: { path, hash, written },
    knownRejects: summary(scan.fits(hash)),
    finish: (proof) =>
      scan.finish(fits ?? (proof === 'every record was read' ? allFit(files, hash) : undefined)),
    stop: () => scan.stop(),
    isAtFault: (error) =>
      error instanceof EngineError
        ? readFailureOf(error, files, contract) !== undefined
        : error instanceof MisshapenRecord && scan.hasMisshapen(error),
    setApart: async (request) => {
      const found = await search(parts, stored, request);
      if ('rejects' in found)
        return sourceWithout(parts, stored, {
          ...found,
          rejects: await withDrift(parts, stored, found, request),
        });
      // Of a contract that may still be widened nobody looked at the values.
      if (!written) fits = found.fits;
      return undefined;
    },
    widen: (error) => widened(parts, stored, error),
    explain: async (error) => {
      const failure = readFailureOf(error, files, contract);
      if (failure !== undefined)
        return (await scan.problem(failure.file)) ?? describeFailure(failure, contract, path);
      return isOfSomeFile(error) ? scan.problem() : undefined;
    },
  };
}

function summary(fits: readonly (FileFit | undefined)[]): LandingSource['knownRejects'] {
  if (fits.some((fit) => fit !== undefined && fit.misshapen + fit.misfits > 0)) return 'some';
  return fits.every((fit) => fit !== undefined) ? 'none' : 'unknown';
}

function allFit(files: readonly HeadedFile[], contract: string): readonly FileFit[] {
  return files.map(() => ({ contract, misshapen: 0, misfits: 0 }));
}

/** The types of a contract that was only just proposed are guesses: no value is rejected for them. */
async function search({ files, scan, written }: SourceParts, stored: StoredContract, request: RejectRequest) {
  const scans = await scan.settled();
  const fits = scan.fits(stored.hash);
  const suspects = files.map((file, index) => ({
    file,
    records: scans[index]?.records ?? 0,
    misshapen: fits[index]?.misshapen,
    hasNoMisfit: written || fits[index]?.misfits === 0,
  }));
  return setApart(suspects, stored, request);
}

/** Too many records do not fit: where a column has another type now, that says more. */
async function withDrift(
  { files, scan }: SourceParts,
  stored: StoredContract,
  { rejects }: SetApart,
  { session }: RejectRequest,
): Promise<Rejects> {
  if (rejects.refusal === undefined) return rejects;
  const scans = await scan.settled();
  const records = new Map(files.map(({ path }, index) => [path, scans[index]?.records ?? 0]));
  const report = await typeDriftReport(session, rejects.file.path, stored, records);
  return report === undefined ? rejects : { ...rejects, refusal: driftProblem(report) };
}

function sourceWithout(
  { scan, written }: SourceParts,
  { contract, path, hash }: StoredContract,
  { files, fits, hasMisfits, rejects }: SetApart,
): LandingSource {
  return {
    pattern: contract.files,
    select: selectOf(files, contract, hasMisfits ? rejects.file.path : undefined),
    columns: landingColumns(contract),
    contract: { path, hash, written },
    rejects,
    knownRejects: 'some',
    finish: () => scan.finish(fits),
    stop: () => scan.stop(),
    isAtFault: () => false,
    setApart: async () => undefined,
    widen: () => undefined,
    explain: async (error) => {
      const isTheirs = ({ copy }: ReadableFile) => copy !== undefined && error.message.includes(copy);
      const file = readFailureOf(error, files, contract)?.file ?? files.find(isTheirs);
      if (file === undefined) return undefined;
      return (await scan.problem(file)) ?? readOtherwise(file, error);
    },
  };
}

/** Two readings of one file that do not agree: nothing may come of it. */
function readOtherwise({ path }: HeadedFile, error: EngineError): Problem {
  return fileProblem(path, 'is read in two ways that do not agree', {
    hint: 'Nothing of it was published. Please report it, with the record if you may.',
    cause: error.message,
  });
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
