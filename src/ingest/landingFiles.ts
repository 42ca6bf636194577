import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { ProblemError, problem } from '../protocol/problem.js';
import type { LandingPattern, Segment } from './pattern.js';
import { isSystemError } from './systemError.js';

/** A file that a pattern names. */
export interface LandingFile {
  /** Below the landing folder, with forward slashes. */
  readonly path: string;
  readonly absolute: string;
}

/** What a pattern finds. */
export interface FoundFiles {
  /** Ordered by the code units of their paths, whatever the system or its language. */
  readonly files: readonly LandingFile[];
  /** Paths of files that the pattern would find if the case of names, theirs and their folders', did not count. */
  readonly inOtherCase: readonly string[];
}

const readableName = /\.(?:csv|tsv|txt|csv\.gz|tsv\.gz)$/i;
const skippedName = /^[._~]|~$|\.(?:tmp|part|partial|crdownload)$/i;

/** Tells whether `landing()` reads files that are called so. */
export function isReadableName(name: string): boolean {
  return readableName.test(name);
}

/** Hidden files, and files and folders that are not finished or set aside: no pattern matches them. */
export function isSkippedName(name: string): boolean {
  return skippedName.test(name);
}

/**
 * The files of a pattern. Names compare with their case on every system. `**` does not follow links to folders, a name does.
 * Throws a ProblemError `landing.path` for a link that leads out of the landing folder, for one file under
 * two names, and for a file that is not CSV.
 */
export function listLandingFiles(landing: string, pattern: LandingPattern): FoundFiles {
  const root = realRoot(landing);
  if (root === undefined) return { files: [], inOtherCase: [] };
  const walk = new Walk(root);
  walk.enter({ path: '', absolute: landing, real: root }, pattern.segments);
  return {
    files: [...walk.found.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    inOtherCase: [...walk.inOtherCase].filter((path) => !walk.found.has(path)).sort(),
  };
}

function realRoot(landing: string): string | undefined {
  try {
    return realpathSync(landing);
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  }
}

interface Folder extends LandingFile {
  readonly real: string;
}

class Walk {
  readonly found = new Map<string, LandingFile>();
  readonly inOtherCase = new Set<string>();
  readonly #root: string;
  readonly #entries = new Map<string, readonly Dirent[]>();
  readonly #pathOfReal = new Map<string, string>();

  constructor(root: string) {
    this.#root = root;
  }

  enter(folder: Folder, segments: readonly Segment[]): void {
    const [segment, ...rest] = segments;
    if (segment === undefined) return;
    if (segment === 'any folders') {
      this.enter(folder, rest);
      for (const entry of this.#list(folder)) {
        if (entry.isDirectory()) this.enter(this.#child(folder, entry), segments);
      }
      return;
    }
    for (const entry of this.#list(folder)) {
      if (!segment.matches(entry.name)) this.#miss(folder, entry, segments);
      else if (rest.length === 0) this.#take(folder, entry);
      else if (this.#isFolder(folder, entry)) this.enter(this.#child(folder, entry), rest);
    }
  }

  /** Notes what would be found below an entry if case did not count; links, which may lead anywhere, are left out. */
  #miss(folder: Folder, entry: Dirent, segments: readonly Segment[]): void {
    const [segment, ...rest] = segments;
    if (segment === undefined) return;
    if (segment === 'any folders') {
      this.#miss(folder, entry, rest);
      if (entry.isDirectory()) this.#missBelow(folder, entry, segments);
    } else if (segment.matchesInAnyCase(entry.name)) {
      if (rest.length > 0) this.#missBelow(folder, entry, rest);
      else if (entry.isFile() && readableName.test(entry.name)) this.inOtherCase.add(pathIn(folder, entry));
    }
  }

  #missBelow(folder: Folder, entry: Dirent, segments: readonly Segment[]): void {
    if (!entry.isDirectory()) return;
    const child = this.#child(folder, entry);
    for (const below of this.#list(child)) this.#miss(child, below, segments);
  }

  #list(folder: Folder): readonly Dirent[] {
    const known = this.#entries.get(folder.absolute);
    if (known !== undefined) return known;
    const entries = readdirSync(folder.absolute, { withFileTypes: true });
    const kept = entries.filter(({ name }) => !isSkippedName(name));
    this.#entries.set(folder.absolute, kept);
    return kept;
  }

  #child(folder: Folder, entry: Dirent): Folder {
    const absolute = join(folder.absolute, entry.name);
    const path = pathIn(folder, entry);
    if (!entry.isSymbolicLink()) return { path, absolute, real: join(folder.real, entry.name) };
    return { path, absolute, real: this.#followed(absolute, path) };
  }

  #followed(absolute: string, path: string): string {
    let real: string;
    try {
      real = realpathSync(absolute);
    } catch (error) {
      throw pathError(`data/landing/${path} is a link that leads nowhere.`, 'Remove the link.', error);
    }
    if (real.startsWith(this.#root + sep)) return real;
    throw pathError(
      `data/landing/${path} is a link that leads out of data/landing.`,
      'Copy the file into data/landing: only what lies there is read.',
    );
  }

  #isFolder(folder: Folder, entry: Dirent): boolean {
    if (!entry.isSymbolicLink()) return entry.isDirectory();
    return statSync(this.#child(folder, entry).real).isDirectory();
  }

  #take(folder: Folder, entry: Dirent): void {
    if (this.#isFolder(folder, entry)) return;
    const { path, absolute, real } = this.#child(folder, entry);
    if (path.includes('\\')) {
      throw pathError(`data/landing/${path} has a backslash in its name.`, 'Rename the file.');
    }
    if (!readableName.test(entry.name)) {
      throw pathError(
        `data/landing/${path} is not a file that landing() reads.`,
        'It reads .csv, .tsv, .txt, .csv.gz and .tsv.gz: make the pattern narrower, as *.csv.',
      );
    }
    const other = this.#pathOfReal.get(real);
    if (other !== undefined && other !== path) {
      throw pathError(
        `data/landing/${other} and data/landing/${path} are one file, so its rows would count twice.`,
        'Remove the link, or make the pattern narrower.',
      );
    }
    this.#pathOfReal.set(real, path);
    this.found.set(path, { path, absolute });
  }
}

function pathIn(folder: Folder, { name }: Dirent): string {
  return folder.path === '' ? name : `${folder.path}/${name}`;
}

function pathError(message: string, hint: string, cause?: unknown): ProblemError {
  return new ProblemError(problem('landing.path', message, { hint }), { cause });
}
