export interface FileStatus {
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  readonly bytes: number;
  /** In whole milliseconds since 1970: mounts of one folder differ in what they keep below that. */
  readonly modifiedMs: number;
  readonly inode: number;
  /** Nobody may write to it, as its mode says. */
  readonly readOnly: boolean;
}

/**
 * The few calls that the lake makes of a file system, so that tests can make each of them fail.
 * Failures carry Node's error codes.
 */
export interface FileSystem {
  /** Open files can't be renamed over, folders can't be fsynced, links to folders are junctions. */
  readonly windows: boolean;
  /** Whether a read-only mode stops this process, and so others of its kind: root ignores modes. */
  readonly modesBind: boolean;
  /** Makes a folder and its parents; returns the topmost one that was new. */
  mkdir(path: string): Promise<string | undefined>;
  readText(path: string): Promise<string>;
  /** The SHA-256 of a file's content, in hexadecimal digits. */
  sha256(path: string): Promise<string>;
  /** Creates a file, which must not exist, and fsyncs its content. */
  create(path: string, text: string): Promise<void>;
  /** Writes in place, neither atomic nor durable. */
  overwrite(path: string, text: string): Promise<void>;
  syncFile(path: string): Promise<void>;
  syncDirectory(path: string): Promise<void>;
  /** Makes a hard link; exclusive. */
  link(existing: string, path: string): Promise<void>;
  /** Makes a link to a folder, by a path relative to the link's own folder. */
  linkDirectory(target: string, path: string): Promise<void>;
  readLink(path: string): Promise<string>;
  rename(from: string, to: string): Promise<void>;
  /** Removes a file or a whole folder; a missing one is no fault. */
  remove(path: string): Promise<void>;
  /** Copies by sharing blocks, or fails; exclusive. */
  clone(from: string, to: string): Promise<void>;
  copy(from: string, to: string): Promise<void>;
  /** Does not follow links; undefined when there is nothing. */
  status(path: string): Promise<FileStatus | undefined>;
  /** Names in a folder; none when it is missing. */
  list(path: string): Promise<string[]>;
  chmod(path: string, mode: number): Promise<void>;
}

/** Node's code of a failed call, as `ENOENT`; undefined for any other error. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
