import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import type { Change, TableDetails, VersionDetails } from '../../../src/lake/changes.js';
import { type Lake, type LakeOptions, openLake } from '../../../src/lake/lake.js';
import { localProcesses, type Processes } from '../../../src/lake/processes.js';
import type { ReadFooters } from '../../../src/lake/staging.js';
import type { Writer } from '../../../src/lake/writer.js';

export const columns = [{ name: 'id', type: 'BIGINT' }];

export const details: TableDetails = {
  tags: [],
  columnDescriptions: {},
  notebook: 'notebooks/a.ratnb',
  cell: 1,
};

export const versionDetails: VersionDetails = {
  fingerprint: { sql: '', session: '', inputs: '', contracts: '', checks: '', engine: '' },
  sql: 'SELECT 1 AS id',
  inputs: [],
  checks: [],
};

/** A folder of its own, removed with {@link removeRoots}. */
export function temporaryRoot(): string {
  const root = mkdtempSync(join(tmpdir(), 'ratatouille-lake-'));
  roots.push(root);
  return root;
}

const roots: string[] = [];

export function removeRoots(): void {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
}

/** Stands in for Parquet: a file is as many lines as it has rows. */
export const readFooters: ReadFooters = async (files) =>
  files.map((file) => ({ file, rows: readFileSync(file, 'utf8').split('\n').length - 1, columns }));

/** What a table's version holds. */
export interface Content {
  readonly files: Readonly<Record<string, string>>;
  readonly quarantine?: string;
  readonly rejects?: string;
  readonly directory?: boolean;
}

/** One file of one row. */
export const one = (text: string): Content => ({ files: { 'kept.parquet': `${text}\n` } });

/** Stages and verifies a version, and makes the change that publishes it. */
export async function tableChange(writer: Writer, name: string, content: Content): Promise<Change> {
  const staged = await writer.stage(name);
  const write = (file: string, text: string, folder = staged.directory) => {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return { path, rows: text.split('\n').length - 1 };
  };
  const files = Object.entries(content.files).map(([file, text]) => write(file, text));
  const quarantine = content.quarantine === undefined ? [] : [write('dropped.parquet', content.quarantine)];
  const rejected = content.rejects === undefined ? [] : [write('x/y.parquet', content.rejects, staged.work)];
  const rejects = rejected.length === 0 ? {} : { rejects: { records: 1, files: rejected } };
  const verified = await writer.verify(staged, { columns, files, quarantine, ...rejects }, readFooters);
  const { directory = false } = content;
  return { kind: 'table', verified, directory, table: details, version: versionDetails };
}

/** Publishes and links tables given as text (one row), content, or null for removal. */
export async function publish(
  writer: Writer,
  tables: Readonly<Record<string, string | Content | null>>,
  run = 1,
): Promise<void> {
  const changes: Change[] = [];
  for (const [name, content] of Object.entries(tables)) {
    if (content === null) changes.push({ kind: 'remove', name });
    else changes.push(await tableChange(writer, name, typeof content === 'string' ? one(content) : content));
  }
  await writer.link(await writer.publish(run, changes));
}

/** Opens a writer, does the work, closes it. */
export async function writing<T>(lake: Lake, work: (writer: Writer) => Promise<T>): Promise<T> {
  const writer = await lake.openWriter();
  try {
    return await work(writer);
  } finally {
    await writer.close();
  }
}

export function lakeAt(root: string, options: Partial<LakeOptions> = {}): Lake {
  return openLake({ root, ...options });
}

/** This process as it would be after the machine's `boot`-th start: those of earlier starts are gone. */
export function afterBoot(boot: number): Processes {
  const local = localProcesses();
  return {
    self: async () => ({ ...(await local.self()), boot: String(boot) }),
    isGone: async (other) => other.boot !== String(boot),
  };
}

/** A table's bytes as the lake's readers see them, its files one after another; undefined when there is none. */
export async function contentOf(lake: Lake, name: string): Promise<string | undefined> {
  const files = (await lake.snapshot()).files(name);
  return files?.map((file) => readFileSync(file, 'utf8')).join('');
}

/** The version folders of a table, sorted; their records are left out. */
export function versionFolders(root: string, table: string): string[] {
  const path = join(root, '.ratatouille', 'versions', ...table.split('.'));
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => !name.endsWith('.json'))
    .sort();
}

/** Every path below a folder, relative, with forward slashes, sorted; links are not followed. */
export function tree(root: string): string[] {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}
