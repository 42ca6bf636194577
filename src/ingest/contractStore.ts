import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ProblemError, problem } from '../protocol/problem.js';
import { contractHash, filesOfBrokenContract, parseContract, printContract } from './contract.js';
import { contractNames } from './contractName.js';
import type { Contract } from './contractSchema.js';
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

/** The contracts of a project. They are read once, at the first question. */
export class ContractStore {
  readonly #directory: string;
  #loaded: { readonly readable: StoredContract[]; readonly broken: readonly BrokenContract[] } | undefined;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /**
   * The contract whose `files` is this pattern; undefined when there is none yet. Throws a ProblemError
   * `landing.contract` for two of them, and for one that can't be read where it could be the one.
   */
  find(pattern: string): StoredContract | undefined {
    const { readable, broken } = this.#contracts();
    const [found, second] = readable.filter(({ contract }) => contract.files === pattern);
    if (found !== undefined && second !== undefined)
      throw twoContracts(`landing('${pattern}')`, found, second);
    const suspect = broken.find(
      ({ files }) => files === pattern || (found === undefined && files === undefined),
    );
    if (suspect !== undefined) throw suspect.error;
    return found;
  }

  /** Throws a ProblemError `landing.contract` when a file of `pattern` also belongs to another's contract. */
  refuseSharedFiles(pattern: string, paths: readonly string[]): void {
    const own = this.find(pattern);
    for (const other of this.#contracts().readable) {
      if (other.contract.files === pattern) continue;
      const shared = paths.find((path) => matchesPattern(other.pattern, path));
      if (shared !== undefined) throw sharedFile(shared, pattern, own, other);
    }
  }

  /** Writes a new contract under a name that is free. */
  create(contract: Contract): StoredContract {
    mkdirSync(this.#directory, { recursive: true });
    for (const name of contractNames(contract.files)) {
      try {
        writeFileSync(join(this.#directory, name), printContract(contract), { flag: 'wx' });
        return this.#keep(contract, name);
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
    const name = basename(stored.path);
    const file = join(this.#directory, name);
    if (readFileSync(file, 'utf8') !== printContract(stored.contract)) return undefined;
    writeFileSync(`${file}.tmp`, printContract(contract));
    renameSync(`${file}.tmp`, file);
    return this.#keep(contract, name);
  }

  #keep(contract: Contract, name: string): StoredContract {
    const stored = storedContract(contract, this.#pathOf(name));
    const { readable } = this.#contracts();
    const before = readable.findIndex(({ path }) => path === stored.path);
    if (before >= 0) readable.splice(before, 1);
    readable.push(stored);
    return stored;
  }

  #contracts() {
    this.#loaded ??= this.#load();
    return this.#loaded;
  }

  #load() {
    const readable: StoredContract[] = [];
    const broken: BrokenContract[] = [];
    for (const name of jsonFilesOf(this.#directory)) {
      const path = this.#pathOf(name);
      const text = readFileSync(join(this.#directory, name), 'utf8');
      try {
        readable.push(storedContract(parseContract(text, path), path));
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        broken.push({ path, files: filesOfBrokenContract(text), error });
      }
    }
    return { readable, broken };
  }

  #pathOf(name: string): string {
    return `${basename(this.#directory)}/${name}`;
  }
}

function storedContract(contract: Contract, path: string): StoredContract {
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
      hint: 'Remove one, or change its "files".',
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
      hint: `Read landing('${other.contract.files}') and choose files by its column _file.`,
      place: { file: other.path },
    }),
  );
}
