import { randomUUID } from 'node:crypto';
import type { LakeContext } from './context.js';
import { contentOf, replaceDurably } from './durable.js';
import type { KeptVersion, Manifest, TableEntry, VersionRecord } from './manifest.js';
import { fileCallsAtOnce, inParallel } from './parallel.js';
import { parseTableName, type TableName } from './tableName.js';

/**
 * Writes what a manifest says of earlier versions beyond what finds them into their records, durably, and returns
 * the manifest without it. So the record of a version says what was true of it when another one took its place,
 * and those that older programs kept in the manifest itself get theirs.
 */
export async function recordEarlier(context: LakeContext, manifest: Manifest): Promise<Manifest> {
  const entries = Object.values(manifest.tables);
  const earlier = entries.flatMap(({ name, earlier }) => earlier.map((version) => ({ name, version })));
  await inParallel(earlier, fileCallsAtOnce, ({ name, version }) =>
    write(context, parseTableName(name), version),
  );
  const tables = Object.entries(manifest.tables).map(([key, entry]) => [key, withoutRecords(entry)] as const);
  return { ...manifest, tables: Object.fromEntries(tables) };
}

async function write(context: LakeContext, table: TableName, version: KeptVersion): Promise<void> {
  const { directory } = version;
  const record = recordIn(version);
  if (directory === undefined || record === undefined) return;
  const { layout } = context;
  const temporary = layout.versionRecordTemporary(table, directory, randomUUID());
  const text = `${JSON.stringify({ format: 1, ...record })}\n`;
  await replaceDurably(context, temporary, layout.versionRecord(table, directory), text);
}

function withoutRecords(entry: TableEntry): TableEntry {
  return { ...entry, earlier: entry.earlier.map(withoutRecord) };
}

function withoutRecord(kept: KeptVersion): KeptVersion {
  const { version, directory, plain, files, quarantine, rejects, rows, bytes, run, publishedAt, damaged } =
    kept;
  if (directory === undefined || plain === undefined) return kept;
  const found = { version, directory, plain, files, quarantine, rows, bytes, run, publishedAt };
  return { ...found, ...(rejects !== undefined && { rejects }), ...(damaged !== undefined && { damaged }) };
}

/** What is known of a version besides what finds it: from the manifest, else its record; undefined for neither. */
export async function recordOf(
  context: LakeContext,
  table: TableName,
  version: KeptVersion,
): Promise<VersionRecord | undefined> {
  const { directory } = version;
  const inManifest = recordIn(version);
  if (inManifest !== undefined || directory === undefined) return inManifest;
  const path = context.layout.versionRecord(table, directory);
  const text = await contentOf(context.fileSystem, path);
  if (text === undefined) return undefined;
  const record = parse(text);
  if (record === undefined) context.logger.warn(`${path} is damaged.`);
  return record;
}

/** What a manifest says of a version besides what finds it: of a current one everything, of others mostly nothing. */
export function recordIn(version: KeptVersion): VersionRecord | undefined {
  return asRecord(version as KeptVersion & Partial<VersionRecord>);
}

function parse(text: string): VersionRecord | undefined {
  try {
    const value = JSON.parse(text) as (Partial<VersionRecord> & { readonly format?: unknown }) | null;
    return value?.format === 1 ? asRecord(value) : undefined;
  } catch {
    return undefined;
  }
}

function asRecord(value: Partial<VersionRecord>): VersionRecord | undefined {
  const { columns, fingerprint, sql, inputs, checks, equation, judgedIn } = value;
  const lists = [columns, inputs, checks].every((list) => Array.isArray(list));
  if (!lists || typeof fingerprint !== 'object' || fingerprint === null || typeof sql !== 'string')
    return undefined;
  const record = { columns, fingerprint, sql, inputs, checks } as VersionRecord;
  return {
    ...record,
    ...(equation !== undefined && { equation }),
    ...(judgedIn !== undefined && { judgedIn }),
  };
}
