import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineSession } from '../../engine/engine.js';
import type {
  AcceptDriftRequest,
  ChangedContract,
  ContractChange,
  DriftReport,
} from '../../protocol/drift.js';
import { type Problem, ProblemError, problem } from '../../protocol/problem.js';
import { BackgroundScan } from '../backgroundScan.js';
import { parseContract } from '../contract.js';
import type { Contract } from '../contractSchema.js';
import { ContractStore, type StoredContract, storedContract } from '../contractStore.js';
import { emptyLanding } from '../emptyLanding.js';
import { emptyLandingCache, FileKnowledge } from '../fileKnowledge.js';
import { excerpt, shownPath } from '../fileProblem.js';
import { type LandingFile, listLandingFiles } from '../landingFiles.js';
import { openSource } from '../openSource.js';
import { parsePattern } from '../pattern.js';
import { otherType } from './differences.js';
import { isAcceptable } from './driftProblem.js';
import { driftReport } from './driftReport.js';
import { editContract } from './editContract.js';
import type { FileDrift } from './fileDrift.js';
import { compareHeaders, readHeaders } from './readHeaders.js';
import { type ColumnMisfits, columnMisfits, type TypeDrift, typeDrifts } from './typeDrift.js';

/** What looking for drift works with. */
export interface DriftSurroundings {
  /** `data/landing` of the project. */
  readonly landingDirectory: string;
  readonly contractsDirectory: string;
  readonly session: EngineSession;
  /** An empty folder. */
  readonly directory: string;
  readonly signal?: AbortSignal | undefined;
}

interface ComparedFiles {
  readonly stored: StoredContract;
  readonly files: readonly LandingFile[];
  readonly drifts: readonly FileDrift[];
}

interface FoundMisfits {
  readonly misfits: readonly ColumnMisfits[];
  /** Of each file, by its path. */
  readonly records: ReadonlyMap<string, number>;
  /** There are so many rejects that not all records were looked at. */
  readonly refusal: Problem | undefined;
}

/** How the files of `landing()`s differ from their contracts, and the change of a contract for that. */
export class DriftFinder {
  readonly #surroundings: DriftSurroundings;
  readonly #contracts: ContractStore;
  #searches = 0;

  constructor(surroundings: DriftSurroundings) {
    this.#surroundings = surroundings;
    this.#contracts = new ContractStore(surroundings.contractsDirectory);
  }

  /**
   * Compares all files of a pattern with its contract, header and values. Throws a ProblemError as `landing()`
   * does for files that can't be compared, and `landing.contract` where there is none.
   */
  async find(pattern: string): Promise<DriftReport> {
    const { stored, files } = this.#open(pattern);
    const { drifts } = await compareHeaders(files, stored, this.#surroundings.signal);
    const report = driftReport(stored, drifts, files.length);
    return isAcceptable(report) ? this.#withTypes(report, { stored, files, drifts }) : report;
  }

  /**
   * Changes the contract of a pattern, once it is certain that the files have the types that it then says. Returns
   * undefined, and writes nothing, when `confirm` says no. Throws a ProblemError `landing.drift` for values that do
   * not have their new type, `landing.contract` for changes that do not go together.
   */
  async accept(
    { pattern, changes }: AcceptDriftRequest,
    confirm: (changed: ChangedContract) => Promise<boolean> = async () => true,
  ): Promise<ChangedContract | undefined> {
    const { stored, files } = this.#open(pattern);
    requireColumns(stored, changes);
    const before = this.#contracts.text(stored);
    const after = editContract(before, changes);
    const contract = parseContract(after, stored.path);
    const columns = changes.flatMap((change) => ('type' in change ? [change.column] : []));
    await this.#requireTypes(storedContract(contract, stored.path), columns, files);
    const changed = { contract: stored.path, before, after };
    if (!(await confirm(changed))) return undefined;
    if (!this.#contracts.writeOver(stored, before, after)) throw changedMeanwhile(stored.path);
    return changed;
  }

  #open(pattern: string): { readonly stored: StoredContract; readonly files: readonly LandingFile[] } {
    const { landingDirectory } = this.#surroundings;
    const parsed = parsePattern(pattern);
    const { files, inOtherCase } = listLandingFiles(landingDirectory, parsed);
    if (files.length === 0) throw emptyLanding(landingDirectory, parsed, inOtherCase);
    const stored = this.#contracts.findFor(
      pattern,
      files.map(({ path }) => path),
    );
    if (stored !== undefined) return { stored, files };
    throw new ProblemError(
      problem(
        'landing.contract',
        `landing('${pattern}') has no contract yet, so nothing can differ from it.`,
        {
          hint: 'The first run that reads it writes one.',
        },
      ),
    );
  }

  async #withTypes(report: DriftReport, { stored, files, drifts }: ComparedFiles): Promise<DriftReport> {
    const changes = likeliestChanges(report);
    const contract = parseContract(editContract(this.#contracts.text(stored), changes), stored.path);
    const { misfits, records } = await this.#misfits(storedContract(contract, stored.path), files);
    const isMisfit = new Set(misfits.map(({ column }) => column));
    const texts = changes.flatMap((change) =>
      change.kind === 'add column' && isMisfit.has(change.column)
        ? [[change.column, 'VARCHAR'] as const]
        : [],
    );
    const changed = typeDrifts(misfits, stored.contract, records);
    const types = await this.#certainTypes(changed, contract, stored.path, files);
    const { differing, differences } = driftReport(stored, drifts, files.length, new Map(texts));
    const all = new Set([...differing, ...types.flatMap((drift) => drift.files)]);
    return {
      ...report,
      differing: [...all].sort(),
      differences: [...differences, ...types.map((drift) => otherType(stored, drift))],
    };
  }

  /** With VARCHAR where not all values have the wider type. */
  async #certainTypes(
    drifts: readonly TypeDrift[],
    contract: Contract,
    path: string,
    files: readonly LandingFile[],
  ): Promise<readonly TypeDrift[]> {
    const types = new Map(drifts.map(({ name, newType }) => [name, newType]));
    const found = await this.#misfitsOf(contract, path, types, files);
    const failing = new Set(found?.misfits.map(({ column }) => column));
    return drifts.map((drift) => (failing.has(drift.name) ? { ...drift, newType: 'VARCHAR' } : drift));
  }

  /** Looks at the columns with these types alone; undefined where they are all texts. */
  async #misfitsOf(
    contract: Contract,
    path: string,
    types: ReadonlyMap<string, string>,
    files: readonly LandingFile[],
  ): Promise<FoundMisfits | undefined> {
    const columns = contract.columns.map((each) => ({ ...each, type: types.get(each.name) ?? 'VARCHAR' }));
    if (columns.every(({ type }) => type === 'VARCHAR')) return undefined;
    return this.#misfits(storedContract({ ...contract, columns }, path), files);
  }

  async #requireTypes(
    { contract, path }: StoredContract,
    wanted: readonly string[],
    files: readonly LandingFile[],
  ): Promise<void> {
    const types = new Map(
      contract.columns.filter(({ name }) => wanted.includes(name)).map(({ name, type }) => [name, type]),
    );
    const found = await this.#misfitsOf(contract, path, types, files);
    const [first] = found?.misfits ?? [];
    if (first === undefined) {
      if (found?.refusal !== undefined) throw new ProblemError(found.refusal);
      return;
    }
    const type = contract.columns.find(({ name }) => name === first.column)?.type;
    const value = excerpt(first.values[0] ?? '');
    throw new ProblemError(
      problem(
        'landing.drift',
        `${excerpt(first.column)} can not be read as ${type}: ${shownPath(first.file)} has "${value}". ${path} was not changed.`,
        { hint: 'Choose another type; VARCHAR takes every text.', place: { file: shownPath(first.file) } },
      ),
    );
  }

  /** The values that do not have the types of a contract, as far as a search for rejects goes. */
  async #misfits(stored: StoredContract, files: readonly LandingFile[]): Promise<FoundMisfits> {
    const { session, signal } = this.#surroundings;
    this.#searches += 1;
    const directory = join(this.#surroundings.directory, String(this.#searches));
    await mkdir(directory);
    const headed = await readHeaders(files, stored, signal);
    const knowledge = new FileKnowledge(emptyLandingCache);
    const scan = new BackgroundScan(headed, stored, knowledge, Date.now, signal);
    try {
      const source = openSource({ files: headed, scan, contracts: this.#contracts, written: false }, stored);
      const apart = await source.setApart({ session, directory, signal });
      const scans = await scan.settled();
      const records = new Map(headed.map(({ path }, index) => [path, scans[index]?.records ?? 0]));
      const { rejects } = apart ?? {};
      return {
        misfits: rejects === undefined ? [] : await columnMisfits(session, rejects.file.path),
        records,
        refusal: rejects?.refusal,
      };
    } finally {
      scan.stop();
    }
  }
}

/** What a contract says when every difference is taken up in the likeliest way. */
export function likeliestChanges({
  differences,
}: Pick<DriftReport, 'differences'>): readonly ContractChange[] {
  return differences.flatMap(({ choices }) => choices[0]?.changes ?? []);
}

/** Throws a ProblemError `landing.contract` for a change of a column that the contract does not have. */
function requireColumns({ contract, path }: StoredContract, changes: readonly ContractChange[]): void {
  const names = contract.columns.map(({ name }) => name);
  for (const change of changes) {
    const isNew = !('column' in change) || change.kind === 'add column' || change.kind === 'ignore';
    if (isNew || names.includes(change.column)) continue;
    throw new ProblemError(
      problem('landing.contract', `${path} has no column ${excerpt(change.column)}.`, {
        hint: `It has ${names.map(excerpt).join(', ')}.`,
        place: { file: path },
      }),
    );
  }
}

function changedMeanwhile(path: string): ProblemError {
  return new ProblemError(
    problem('landing.contract', `${path} was changed by somebody else meanwhile; nothing was written.`, {
      hint: 'Look at it, and do it again.',
      place: { file: path },
    }),
  );
}
