import { emptyLandingCache, type LandingCache } from '../ingest/fileKnowledge.js';
import type { Landing } from '../ingest/landing.js';
import type { Cache } from '../lake/cache.js';
import type { AnalysisCache, Analyst } from '../pipeline/analysis.js';
import type { NotebookCache, NotebookMemory } from '../pipeline/notebookMemory.js';
import type { KnownFile } from '../pipeline/outsideFiles.js';
import type { Json } from '../protocol/json.js';

/** What is remembered between runs. All of it can be made again, so a damaged cache costs time only. */
export interface Caches {
  readonly analyses: AnalysisCache | undefined;
  readonly notebooks: NotebookCache | undefined;
  readonly landing: LandingCache;
  readonly outsideFiles: Map<string, KnownFile>;
}

/** Reads what earlier runs left. */
export async function readCaches(cache: Cache): Promise<Caches> {
  const [analyses, notebooks, landing, outside] = await Promise.all([
    cache.read('analyses'),
    cache.read('notebooks'),
    cache.read('landing'),
    cache.read('outside-files'),
  ]);
  return {
    analyses: analysisCache(analyses),
    notebooks: notebookCache(notebooks),
    landing: landingCache(landing),
    outsideFiles: new Map(Object.entries(objectsIn(outside) as unknown as Record<string, KnownFile>)),
  };
}

/** Another version of this program, or a person, may have written something else. */
function analysisCache(value: Json | undefined): AnalysisCache | undefined {
  if (!isObject(value) || typeof value.engineVersion !== 'string') return undefined;
  return {
    engineVersion: value.engineVersion,
    entries: objectsIn(value.entries),
  } as unknown as AnalysisCache;
}

function notebookCache(value: Json | undefined): NotebookCache | undefined {
  if (!isObject(value) || typeof value.reader !== 'string') return undefined;
  return { reader: value.reader, entries: objectsIn(value.entries) } as unknown as NotebookCache;
}

function landingCache(value: Json | undefined): LandingCache {
  if (!isObject(value) || value.format !== emptyLandingCache.format) return emptyLandingCache;
  return { format: value.format, files: objectsIn(value.files) } as unknown as LandingCache;
}

function objectsIn(value: Json | undefined): Readonly<Record<string, Json>> {
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).filter(([, member]) => isObject(member)))
    : {};
}

function isObject(value: Json | undefined): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What learns something worth keeping while it works. */
export interface RememberingParts {
  readonly analyst: Analyst;
  readonly notebooks: NotebookMemory;
  readonly landing: Landing;
}

/** Keeps what is new, once at the end of some work. */
export class CacheKeeper {
  #landing: string;
  #outside: string;

  constructor(
    private readonly cache: Cache,
    private readonly caches: Caches,
    private readonly parts: RememberingParts,
  ) {
    this.#landing = JSON.stringify(caches.landing);
    this.#outside = this.#outsideText();
  }

  async keep(): Promise<void> {
    const { analyst, notebooks } = this.parts;
    await this.#write('analyses', analyst.cacheToWrite());
    await this.#write('notebooks', notebooks.cacheToWrite());
    const landing = JSON.stringify(this.parts.landing.cache());
    if (landing !== this.#landing) await this.cache.write('landing', JSON.parse(landing) as Json);
    this.#landing = landing;
    const outside = this.#outsideText();
    if (outside !== this.#outside) await this.cache.write('outside-files', JSON.parse(outside) as Json);
    this.#outside = outside;
  }

  async #write(name: string, value: AnalysisCache | NotebookCache | undefined): Promise<void> {
    if (value !== undefined) await this.cache.write(name, value as unknown as Json);
  }

  #outsideText(): string {
    return JSON.stringify(Object.fromEntries(this.caches.outsideFiles));
  }
}
