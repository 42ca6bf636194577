import { ProblemError, problem } from '../protocol/problem.js';
import { BackgroundScan } from './backgroundScan.js';
import type { Contract } from './contractSchema.js';
import { ContractStore, type StoredContract } from './contractStore.js';
import { readHeaders } from './drift/readHeaders.js';
import { emptyLanding } from './emptyLanding.js';
import { scanCancelled } from './fileBytes.js';
import { FileKnowledge, type LandingCache, stampOf } from './fileKnowledge.js';
import { proposeContract } from './firstLook.js';
import { FirstLooks } from './firstLooks.js';
import { scanProposed } from './firstScan.js';
import { type FoundFiles, type LandingFile, listLandingFiles } from './landingFiles.js';
import type { ContractReference, LandingSource } from './landingSource.js';
import { openSource } from './openSource.js';
import { parsePattern } from './pattern.js';
import { hashFile } from './scanFile.js';

export interface LandingOptions {
  /** `data/landing` of the project. */
  readonly landingDirectory: string;
  readonly contractsDirectory: string;
  /** No contract is written: a missing one is an error. */
  readonly frozen: boolean;
  /** What earlier runs knew of the files. */
  readonly cache: LandingCache;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
}

/** What a plan has to know of one `landing('…')`. */
export interface LandingInspection {
  readonly pattern: string;
  /** Absent before the first look has written it. */
  readonly contract?: ContractReference & Pick<Contract, 'maxRejects'>;
  readonly files: readonly InspectedFile[];
  /** Paths of files that the pattern would read if the case of their names did not count. */
  readonly inOtherCase: readonly string[];
}

export interface InspectedFile {
  /** Relative to `data/landing`, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  /** Absent when the file changed since it was last read, or was never read. */
  readonly sha256?: string;
}

/** `landing('…')` of one project. */
export interface Landing {
  /**
   * Looks at a pattern without the engine. With `hash` every file has its sha256. Throws a ProblemError
   * `landing.path`, `landing.empty`, `landing.contract`, or `sql.cancelled` when the signal is aborted.
   */
  inspect(
    pattern: string,
    options?: { readonly hash?: boolean; readonly signal?: AbortSignal },
  ): Promise<LandingInspection>;
  /**
   * Makes the contract where there is none, compares every header with it and begins to scan the files.
   * Throws as {@link inspect} does, and `landing.frozen`, `landing.drift` and `landing.file`.
   */
  open(pattern: string, options?: { readonly signal?: AbortSignal }): Promise<LandingSource>;
  /** What is known of the files now, to be kept for the next run. */
  cache(): LandingCache;
}

export function createLanding(options: LandingOptions): Landing {
  return new LandingFolder(options);
}

class LandingFolder implements Landing {
  readonly #options: LandingOptions;
  readonly #clock: () => number;
  readonly #contracts: ContractStore;
  readonly #knowledge: FileKnowledge;
  readonly #firstLooks = new FirstLooks();

  constructor(options: LandingOptions) {
    this.#options = options;
    this.#clock = options.clock ?? Date.now;
    this.#contracts = new ContractStore(options.contractsDirectory);
    this.#knowledge = new FileKnowledge(options.cache);
  }

  async inspect(
    pattern: string,
    { hash = false, signal }: { hash?: boolean; signal?: AbortSignal } = {},
  ): Promise<LandingInspection> {
    const { files, inOtherCase, contract } = this.#find(pattern);
    const inspected: InspectedFile[] = [];
    for (const file of files) {
      if (signal?.aborted) throw scanCancelled(signal.reason);
      inspected.push(await this.#inspectFile(file, hash, signal));
    }
    return {
      pattern,
      ...(contract && { contract: referenceTo(contract) }),
      files: inspected,
      inOtherCase,
    };
  }

  async open(pattern: string, { signal }: { signal?: AbortSignal } = {}): Promise<LandingSource> {
    const { files, contract: known } = this.#find(pattern);
    const contract = known ?? (await this.#firstLook(pattern, files, signal));
    const headed = await readHeaders(files, contract, signal);
    const scan = new BackgroundScan(headed, contract, this.#knowledge, this.#clock, signal);
    return openSource(
      { files: headed, scan, contracts: this.#contracts, written: known === undefined },
      contract,
    );
  }

  cache(): LandingCache {
    return this.#knowledge.toCache();
  }

  #find(text: string): FoundFiles & { readonly contract: StoredContract | undefined } {
    const pattern = parsePattern(text);
    const { files, inOtherCase } = listLandingFiles(this.#options.landingDirectory, pattern);
    const paths = files.map(({ path }) => path);
    this.#knowledge.keepOnly(pattern, paths);
    if (files.length === 0) throw emptyLanding(this.#options.landingDirectory, pattern, inOtherCase);
    return { files, inOtherCase, contract: this.#contracts.findFor(text, paths) };
  }

  async #inspectFile(file: LandingFile, hash: boolean, signal?: AbortSignal): Promise<InspectedFile> {
    const lookedAtMs = this.#clock();
    const stamp = stampOf(file.absolute);
    const known = this.#knowledge.trusted(file.path, stamp);
    const { path } = file;
    if (known !== undefined) return { path, bytes: stamp.bytes, sha256: known.sha256 };
    if (!hash) return { path, bytes: stamp.bytes };
    const sha256 = await hashFile(file, signal);
    this.#knowledge.remember(path, { ...stamp, lookedAtMs, sha256 });
    return { path, bytes: stamp.bytes, sha256 };
  }

  async #firstLook(
    pattern: string,
    files: readonly LandingFile[],
    signal?: AbortSignal,
  ): Promise<StoredContract> {
    if (this.#options.frozen) {
      throw new ProblemError(
        problem('landing.frozen', `landing('${pattern}') has no contract, and this run may not write one.`, {
          hint: 'Run once without --frozen (CI=true implies it), look at the new file in contracts/ and commit it.',
        }),
      );
    }
    const paths = files.map(({ path }) => path);
    return this.#firstLooks.run(pattern, paths, async (requireAlone) => {
      const proposed = await proposeContract(pattern, files);
      await scanProposed(files, proposed, 'the contract that they would have', signal);
      requireAlone();
      // Another process may have written one meanwhile.
      return this.#contracts.findFor(pattern, paths) ?? this.#contracts.create(proposed);
    });
  }
}

function referenceTo({ path, hash, contract: { maxRejects } }: StoredContract) {
  return { path, hash, ...(maxRejects !== undefined && { maxRejects }) };
}
