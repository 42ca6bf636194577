import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ProblemError, problem } from '../protocol/problem.js';
import { contractHash, filesOfBrokenContract, parseContract, printContract } from './contract.js';
import { contractNames } from './contractName.js';
import type { Contract } from './contractSchema.js';
import { type FileStamp, isSameStamp, stampOf } from './fileKnowledge.js';
import { type LandingPattern, matchesPattern, parsePattern } from './pattern.js';
import { isSystemError } from './systemError.js';

/** A contract and the file it is in. */
export interface StoredContract {
  readonly contract: Contract;
  /** For people, with forward slashes: `contracts/pos_sales.json`. */
  readonly path: string;
  readonly hash: string;
  readonly pattern: LandingPattern;
}

interface BrokenContract {
  readonly path: string;
  readonly files: string | undefined;
  readonly error: ProblemError;
}

/** The contracts of a project. Each file is read again when it changed. */
export class ContractStore {
  readonly #directory: string;
  readonly #read = new Map<
    string,
    { readonly stamp: FileStamp; readonly found: StoredContract | BrokenContract }
  >();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /**
   * The contract whose `files` is this pattern; undefined when there is none yet. Throws a ProblemError
   * `landing.contract` for two of them, for one that can't be read where it could be the one, and when one of
   * the pattern's files, given by `paths`, is under another contract too.
   */
  findFor(pattern: string, paths: readonly string[]): StoredContract | undefined {
    const contracts = this.#contracts();
    const own = choose(pattern, contracts);
    for (const other of contracts) {
      if (!isReadable(other) || other.contract.files === pattern) continue;
      const shared = paths.find((path) => matchesPattern(other.pattern, path));
      if (shared !== undefined) throw sharedFile(shared, pattern, own, other);
    }
    return own;
  }

  /** The contracts whose pattern reads a file, by its path below the landing folder; of those that can be read. */
  reading(path: string): readonly StoredContract[] {
    return this.#contracts()
      .filter(isReadable)
      .filter(({ pattern }) => matchesPattern(pattern, path));
  }

  /** Writes a new contract under a name that is free. */
  create(contract: Contract): StoredContract {
    mkdirSync(this.#directory, { recursive: true });
    for (const name of contractNames(contract.files)) {
      try {
        writeFileSync(join(this.#directory, name), printContract(contract), { flag: 'wx' });
        return storedContract(contract, this.#pathOf(name));
      } catch (error) {
        if (!isSystemError(error, 'EEXIST')) throw error;
      }
    }
    throw new Error('The names for a contract never end.');
  }

  /**
   * Writes a contract over the one it came from. Returns undefined, and writes nothing, when somebody
   * changed the file since.
   */
  replace(stored: StoredContract, contract: Contract): StoredContract | undefined {
    const isWritten = this.writeOver(stored, printContract(stored.contract), printContract(contract));
    return isWritten ? storedContract(contract, stored.path) : undefined;
  }

  /** What its file says now. */
  text(stored: StoredContract): string {
    return readFileSync(this.#fileOf(stored), 'utf8');
  }

  /** Writes a text over a contract's file. Returns false, and writes nothing, when the file does not say `before`. */
  writeOver(stored: StoredContract, before: string, after: string): boolean {
    const file = this.#fileOf(stored);
    if (this.text(stored) !== before) return false;
    writeFileSync(`${file}.tmp`, after);
    renameSync(`${file}.tmp`, file);
    return true;
  }

  #fileOf({ path }: StoredContract): string {
    return join(this.#directory, basename(path));
  }

  #contracts(): readonly (StoredContract | BrokenContract)[] {
    return jsonFilesOf(this.#directory).map((name) => {
      const file = join(this.#directory, name);
      const stamp = stampOf(file);
      const before = this.#read.get(name);
      if (before !== undefined && isSameStamp(before.stamp, stamp)) return before.found;
      const found = readContract(file, this.#pathOf(name));
      this.#read.set(name, { stamp, found });
      return found;
    });
  }

  #pathOf(name: string): string {
    return `${basename(this.#directory)}/${name}`;
  }
}

function choose(
  pattern: string,
  contracts: readonly (StoredContract | BrokenContract)[],
): StoredContract | undefined {
  const readable = contracts.filter(isReadable);
  const [found, second] = readable.filter(({ contract }) => contract.files === pattern);
  if (found !== undefined && second !== undefined) throw twoContracts(`landing('${pattern}')`, found, second);
  for (const contract of contracts) {
    if (isReadable(contract)) continue;
    const couldBe = contract.files === undefined && found === undefined;
    if (contract.files === pattern || couldBe) throw contract.error;
  }
  return found;
}

function isReadable(contract: StoredContract | BrokenContract): contract is StoredContract {
  return !('error' in contract);
}

function readContract(file: string, path: string): StoredContract | BrokenContract {
  const text = readFileSync(file, 'utf8');
  try {
    return storedContract(parseContract(text, path), path);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { path, files: filesOfBrokenContract(text), error };
  }
}

/** A contract as it is, or would be, in the file with this path. */
export function storedContract(contract: Contract, path: string): StoredContract {
  return { contract, path, hash: contractHash(contract), pattern: parsePattern(contract.files) };
}

function jsonFilesOf(directory: string): readonly string[] {
  try {
    const names = readdirSync(directory).filter((name) => name.endsWith('.json') && !name.startsWith('.'));
    return names.sort((a, b) => (a < b ? -1 : 1));
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return [];
    throw error;
  }
}

function twoContracts(what: string, first: StoredContract, second: StoredContract): ProblemError {
  return new ProblemError(
    problem('landing.contract', `${what} has two contracts, ${first.path} and ${second.path}.`, {
      hint: 'Delete the one that nothing reads, or make the "files" of one narrower.',
      place: { file: second.path },
    }),
  );
}

function sharedFile(
  path: string,
  pattern: string,
  own: StoredContract | undefined,
  other: StoredContract,
): ProblemError {
  const file = `data/landing/${path}`;
  if (own !== undefined) return twoContracts(file, own, other);
  return new ProblemError(
    problem('landing.contract', `${file} of landing('${pattern}') is already under ${other.path}.`, {
      hint: `Read landing('${other.contract.files}') and choose files by its column _file; or make one pattern narrower; or, if nothing reads it any more, delete ${other.path}.`,
      place: { file: other.path },
    }),
  );
}
