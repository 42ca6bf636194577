import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { duckdbVersion } from '../engine/duckdb/version.js';
import type { Engine } from '../engine/engine.js';
import { createLanding } from '../ingest/landing.js';
import type { FileSystem } from '../lake/fileSystem.js';
import { openLake } from '../lake/lake.js';
import { layoutOf } from '../lake/layout.js';
import { projectLog } from '../lake/projectLog.js';
import { Analyst } from '../pipeline/analysis.js';
import type { PipelineContext } from '../pipeline/context.js';
import { NotebookMemory } from '../pipeline/notebookMemory.js';
import { createOutsideFiles } from '../pipeline/outsideFiles.js';
import { requireProjectRoot } from '../project/root.js';
import { type ProjectSettings, readSettings } from '../project/settings.js';
import { silentLogger } from '../protocol/logger.js';
import { CacheKeeper, readCaches } from './caches.js';
import { lazy } from './lazy.js';
import { OpenedProject } from './openedProject.js';
import { readVersion } from './ownPackage.js';
import type { OpenOptions } from './project.js';

/** What tests put in the place of the real thing. */
export interface Ports {
  readonly fileSystem?: FileSystem;
  /** Stands between the project and its engine. */
  readonly engine?: (engine: Engine) => Engine;
}

/**
 * Opens a project: the only place where its parts are put together. The engine is loaded when it is first
 * needed. Throws a ProblemError `project.missing` or `project.settings`.
 */
export async function openProject(options: OpenOptions, ports: Ports = {}): Promise<OpenedProject> {
  const { context, caches, settings, closeEngine } = await wire(options, ports);
  return new OpenedProject({
    name: settings.name,
    notebooks: settings.notebooks,
    frozen: options.frozen ?? false,
    context,
    caches,
    closeParts: async () => {
      try {
        await caches.keep();
      } finally {
        await closeEngine();
      }
    },
  });
}

async function wire(options: OpenOptions, ports: Ports) {
  const root = requireProjectRoot(options.directory);
  const settings = readSettings(root);
  const environment = options.environment ?? settings.environment;
  const logger = projectLog(layoutOf(root, environment), options.logger ?? silentLogger);
  const lake = openLake({
    root,
    environment,
    logger,
    retention: { versions: settings.keepVersions },
    ...ports,
  });
  const engine = lazyEngine(settings, lake.layout.spill, ports);
  const remembered = await readCaches(lake.cache);
  const analyst = new Analyst(engine, duckdbVersion, remembered.analyses);
  const notebooks = new NotebookMemory(remembered.notebooks, readVersion());
  const landing = createLanding({
    landingDirectory: lake.layout.landing,
    contractsDirectory: join(root, 'contracts'),
    frozen: options.frozen ?? false,
    cache: remembered.landing,
  });
  const context: PipelineContext = {
    root,
    environment,
    timeZone: settings.timeZone,
    lake,
    landing,
    outsideFiles: createOutsideFiles(root, remembered.outsideFiles),
    engine,
    engineVersion: duckdbVersion,
    analyst,
    notebooks,
    concurrency: Math.max(2, settings.threads ?? availableParallelism()),
    now: () => new Date(),
    logger,
  };
  const caches = new CacheKeeper(lake.cache, remembered, { analyst, notebooks, landing });
  const closeEngine = async () => (await engine.made())?.close();
  return { context, caches, settings, closeEngine };
}

function lazyEngine(
  { memory, threads }: ProjectSettings,
  temporaryDirectory: string,
  { engine = (own) => own }: Pick<Ports, 'engine'>,
) {
  return lazy(async () => {
    const { openDuckDB } = await import('../engine/duckdb/open.js');
    const own = await openDuckDB({
      temporaryDirectory,
      ...(memory === undefined ? {} : { memory }),
      ...(threads === undefined ? {} : { threads }),
    });
    return engine(own);
  });
}
