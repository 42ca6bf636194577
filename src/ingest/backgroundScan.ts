import type { InputFile } from '../lake/manifest.js';
import { type Problem, ProblemError } from '../protocol/problem.js';
import { blankLinesCount } from './blankLines.js';
import type { Contract } from './contractSchema.js';
import type { StoredContract } from './contractStore.js';
import {
  type FileFit,
  type FileKnowledge,
  type FileStamp,
  isSameStamp,
  type KnownFile,
  stampOf,
} from './fileKnowledge.js';
import { fileError, shownPath } from './fileProblem.js';
import type { LandingFile } from './landingFiles.js';
import type { HeadedFile } from './read.js';
import { type FileScan, scanFile } from './scanFile.js';
import { isSystemError } from './systemError.js';

interface Look {
  readonly file: HeadedFile;
  /** Taken before anybody read the file. */
  readonly stamp: FileStamp;
  readonly lookedAtMs: number;
}

/** A record of a landing file does not fit, which the engine did not notice. */
export class MisshapenRecord extends ProblemError {}

/** Scans files one after the other while the engine reads them; those that are trusted it does not read. */
export class BackgroundScan {
  readonly #stored: StoredContract;
  readonly #knowledge: FileKnowledge;
  readonly #looks: readonly Look[];
  readonly #abort = new AbortController();
  readonly #scans: Promise<readonly FileScan[]>;

  /** Begins at once. Throws a ProblemError `landing.file` for a file that is gone. */
  constructor(
    files: readonly HeadedFile[],
    stored: StoredContract,
    knowledge: FileKnowledge,
    clock: () => number,
    signal?: AbortSignal,
  ) {
    this.#stored = stored;
    this.#knowledge = knowledge;
    this.#looks = files.map((file) => ({ file, lookedAtMs: clock(), stamp: presentStamp(file) }));
    signal?.addEventListener('abort', () => this.stop(), { signal: this.#abort.signal });
    this.#scans = this.#scanAll();
    // A failure is told by finish(); a source that is given up is not asked.
    this.#scans.catch(() => {});
  }

  stop(): void {
    this.#abort.abort();
  }

  /** Tells whether an error is about one of these files. */
  hasMisshapen({ problem: { place } }: MisshapenRecord): boolean {
    return this.#looks.some(({ file }) => shownPath(file.path) === place?.file);
  }

  /** Waits for the scans. Throws a ProblemError `landing.file` for a file that fails its gates. */
  settled(): Promise<readonly FileScan[]> {
    return this.#scans;
  }

  /** What is known of how the files fit the contract with this hash, in their order. */
  fits(hash: string): readonly (FileFit | undefined)[] {
    return this.#looks.map(({ file, stamp }) => {
      const fit = this.#knowledge.trusted(file.path, stamp)?.fit;
      return fit?.contract === hash ? fit : undefined;
    });
  }

  /**
   * What was read, once it is certain that it was read whole and did not change meanwhile. Throws a
   * {@link MisshapenRecord} for a file with records that the engine took silently, unless `fits` tells of them.
   * @param fits what was found out about all records of the files, in their order.
   */
  async finish(fits?: readonly (FileFit | undefined)[]): Promise<readonly InputFile[]> {
    const scans = await this.#scans;
    // Lets go of the caller's signal.
    this.#abort.abort();
    const untold = scans.find((scan, index) => scan.misshapen !== undefined && !fits?.[index]?.misshapen);
    if (untold?.misshapen !== undefined) throw new MisshapenRecord(untold.misshapen);
    return this.#looks.map((look, index) => {
      const scan = scans[index];
      if (scan === undefined || !isSameStamp(look.stamp, presentStamp(look.file))) throw changed(look.file);
      return this.#read(look, scan, fits?.[index]);
    });
  }

  #read({ file, stamp, lookedAtMs }: Look, scan: FileScan, found: FileFit | undefined): InputFile {
    const { path } = file;
    const { sha256, records } = scan;
    const way = wayOf(file, this.#stored.contract);
    const fit = found ?? this.#knowledge.trusted(path, stamp)?.fit;
    const known: KnownFile = {
      ...stamp,
      lookedAtMs,
      sha256,
      // What is misshapen is found by a scan alone: trusting its count would hide it.
      ...(scan.misshapen === undefined && { scan: { way, records } }),
      ...(fit && { fit }),
    };
    this.#knowledge.remember(path, known);
    const rejected = found === undefined ? 0 : found.misshapen + found.misfits;
    return { path, bytes: stamp.bytes, sha256, records, ...(rejected > 0 && { rejected }) };
  }

  /** The fault that the scan finds, in one file if it is given: it says more than the engine does. */
  async problem(file?: LandingFile): Promise<Problem | undefined> {
    const found = await this.#firstProblem();
    const isAsked = file === undefined || found?.place?.file === shownPath(file.path);
    return isAsked ? found : undefined;
  }

  async #firstProblem(): Promise<Problem | undefined> {
    try {
      return (await this.#scans).find((scan) => scan.misshapen !== undefined)?.misshapen;
    } catch (error) {
      return error instanceof ProblemError ? error.problem : undefined;
    }
  }

  async #scanAll(): Promise<readonly FileScan[]> {
    const scans: FileScan[] = [];
    const { contract } = this.#stored;
    for (const { file, stamp } of this.#looks) {
      const known = this.#knowledge.trusted(file.path, stamp);
      const records = known?.scan?.way === wayOf(file, contract) ? known.scan.records : undefined;
      if (known !== undefined && records !== undefined) scans.push({ sha256: known.sha256, records });
      else scans.push(await scanFile(file, contract, file.header, this.#abort.signal));
    }
    return scans;
  }
}

/** What decides where the records of a file begin and end, and how many fields they have. */
function wayOf({ header: { order } }: HeadedFile, contract: Contract): string {
  const { encoding, delimiter, quote, header } = contract;
  const blanks = blankLinesCount(contract, order.length);
  return JSON.stringify([encoding, delimiter, quote, contract.escape, header, order.length, blanks]);
}

function presentStamp(file: LandingFile): FileStamp {
  try {
    return stampOf(file.absolute);
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) throw changed(file);
    throw error;
  }
}

function changed(file: LandingFile) {
  return fileError(file.path, 'changed while it was read', {
    hint: 'Run again when nobody writes it. Whoever delivers files should write them under a name ending in .part, then rename.',
  });
}
