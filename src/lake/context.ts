import type { Logger } from '../protocol/logger.js';
import type { FileSystem } from './fileSystem.js';
import type { Layout } from './layout.js';
import type { Processes } from './processes.js';

/** What every part of one opened lake works with. */
export interface LakeContext {
  readonly layout: Layout;
  readonly fileSystem: FileSystem;
  readonly logger: Logger;
  readonly processes: Processes;
  /** The time, for people to read; no decision rests on it. */
  readonly clock: () => Date;
}
