import type { InputFile } from '../lake/manifest.js';
import { type Problem, ProblemError } from '../protocol/problem.js';
import type { Contract } from './contractSchema.js';
import { type FileKnowledge, type FileStamp, isSameStamp, stampOf } from './fileKnowledge.js';
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

/** Scans files one after the other while the engine reads them; those that are trusted it does not read. */
export class BackgroundScan {
  readonly #contract: Contract;
  readonly #knowledge: FileKnowledge;
  readonly #looks: readonly Look[];
  readonly #abort = new AbortController();
  readonly #scans: Promise<readonly FileScan[]>;

  /** Begins at once. Throws a ProblemError `landing.file` for a file that is gone. */
  constructor(
    files: readonly HeadedFile[],
    contract: Contract,
    knowledge: FileKnowledge,
    clock: () => number,
    signal?: AbortSignal,
  ) {
    this.#contract = contract;
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

  /** What was read, once it is certain that it was read whole and did not change meanwhile. */
  async finish(): Promise<readonly InputFile[]> {
    const scans = await this.#scans;
    // Lets go of the caller's signal.
    this.#abort.abort();
    return this.#looks.map(({ file, stamp, lookedAtMs }, index) => {
      const scan = scans[index];
      if (scan === undefined || !isSameStamp(stamp, presentStamp(file))) throw changed(file);
      const { sha256, records } = scan;
      const way = wayOf(this.#contract);
      this.#knowledge.remember(file.path, { ...stamp, lookedAtMs, sha256, scan: { way, records } });
      return { path: file.path, bytes: stamp.bytes, sha256, records };
    });
  }

  /** The fault that the scan finds, in one file if it is given: it says more than the engine does. */
  async problem(file?: LandingFile): Promise<Problem | undefined> {
    try {
      await this.#scans;
      return undefined;
    } catch (error) {
      if (!(error instanceof ProblemError)) return undefined;
      const isAsked = file === undefined || error.problem.place?.file === shownPath(file.path);
      return isAsked ? error.problem : undefined;
    }
  }

  async #scanAll(): Promise<readonly FileScan[]> {
    const scans: FileScan[] = [];
    for (const { file, stamp } of this.#looks) {
      const known = this.#knowledge.trusted(file.path, stamp);
      const records = known?.scan?.way === wayOf(this.#contract) ? known.scan.records : undefined;
      if (known !== undefined && records !== undefined) scans.push({ sha256: known.sha256, records });
      else scans.push(await scanFile(file, this.#contract, file.header.lineEnd, this.#abort.signal));
    }
    return scans;
  }
}

/** What of a contract decides where records begin and end. */
function wayOf(contract: Contract): string {
  const { encoding, delimiter, quote, header, columns } = contract;
  return JSON.stringify([encoding, delimiter, quote, contract.escape, header, columns.length === 1]);
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
