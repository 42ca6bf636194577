import type { Engine } from '../engine/engine.js';
import type { Landing } from '../ingest/landing.js';
import type { Lake } from '../lake/lake.js';
import type { Logger } from '../protocol/logger.js';
import type { Analyst } from './analysis.js';
import type { NotebookMemory } from './notebookMemory.js';
import type { OutsideFiles } from './outsideFiles.js';

/** The parts that plans, runs and queries are made with. Wired by `src/app`, which also closes them. */
export interface PipelineContext {
  /** The project's folder, absolute. */
  readonly root: string;
  readonly environment: string;
  readonly timeZone: string;
  readonly lake: Lake;
  readonly landing: Landing;
  readonly outsideFiles: OutsideFiles;
  /** Loads the engine at the first call. */
  readonly engine: () => Promise<Engine>;
  /** Known without loading the engine. */
  readonly engineVersion: string;
  readonly analyst: Analyst;
  readonly notebooks: NotebookMemory;
  /** How many models are built side by side. */
  readonly concurrency: number;
  readonly now: () => Date;
  readonly logger: Logger;
}
