import { type Problem, ProblemError } from '../protocol/problem.js';
import type { Manifest, TableEntry } from './manifest.js';
import type { ManifestStore } from './manifestStore.js';

/** What earlier generations know of tables that are no longer there. */
export interface EarlierTables {
  /** By key, each as the last kept manifest says that has it. Their files are on disk: the sweep asks here too. */
  readonly tables: Manifest['tables'];
  /** Those of them that live on under another name: the name by the key. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Keys of those that a manifest that can't be read may know in a later state. */
  readonly uncertain: ReadonlySet<string>;
  /** A warning for each manifest that can't be read: what it alone knows can't be restored. */
  readonly problems: readonly Problem[];
}

/** Throws a ProblemError `lake.damaged` when a manifest can't be read that is not older than `current`. */
export async function earlierTables(store: ManifestStore, current: Manifest): Promise<EarlierTables> {
  const tables: Record<string, TableEntry> = {};
  const renamed = new Map<string, string>();
  const uncertain = new Set<string>();
  const problems: Problem[] = [];
  let before: Manifest = { ...current, tables: {} };
  let isGap = false;
  for (const generation of await store.generations()) {
    const found = await readEarlier(store, generation, current);
    if (found === undefined) continue;
    if (!('tables' in found)) {
      problems.push(found);
      isGap = true;
      continue;
    }
    for (const [key, entry] of Object.entries(found.tables)) {
      if (current.tables[key] === undefined) tables[key] = entry;
      renamed.delete(key);
      uncertain.delete(key);
    }
    for (const [key, name] of renamings(before, found)) renamed.set(key, name);
    for (const key of isGap ? goneFrom(before, found) : []) uncertain.add(key);
    before = found;
    isGap = false;
  }
  return { tables, renamed: lastNames(renamed), uncertain, problems };
}

async function readEarlier(
  store: ManifestStore,
  generation: number,
  current: Manifest,
): Promise<Manifest | Problem | undefined> {
  try {
    return await store.at(generation);
  } catch (error) {
    // A call of the file system that failed can succeed the next time: what it hides is not lost.
    if (generation >= current.generation || !(error instanceof ProblemError)) throw error;
    return { ...error.problem, severity: 'warning' };
  }
}

/** The keys of the tables that the next generation no longer has. */
function goneFrom(before: Manifest, after: Manifest): readonly string[] {
  return Object.keys(before.tables).filter((key) => after.tables[key] === undefined);
}

/** The tables that have another name in the next generation, by the old key: a rename takes the versions along. */
function renamings(before: Manifest, after: Manifest): readonly (readonly [string, string])[] {
  const gone = goneFrom(before, after);
  if (gone.length === 0) return [];
  const names = new Map(
    goneFrom(after, before).flatMap((key) => {
      const entry = after.tables[key];
      return entry === undefined ? [] : [[identityOf(entry), entry.name] as const];
    }),
  );
  return gone.flatMap((key) => {
    const entry = before.tables[key];
    const name = entry === undefined ? undefined : names.get(identityOf(entry));
    return name === undefined ? [] : [[key, name] as const];
  });
}

/** What of a table's version stays when the table gets another name, which is a new place for its files. */
function identityOf({ version }: TableEntry): string {
  const { run, publishedAt, rows, bytes, fingerprint, inputs } = version;
  return JSON.stringify([version.version, run, publishedAt, rows, bytes, fingerprint, inputs]);
}

/** Renamings one after the other lead to the last name. */
function lastNames(renamed: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const lastOf = (name: string): string => {
    const next = renamed.get(name.toLowerCase());
    return next === undefined ? name : lastOf(next);
  };
  return new Map([...renamed].map(([key, name]) => [key, lastOf(name)]));
}
