import type { LakeContext } from './context.js';
import { contentOf } from './durable.js';
import type { VersionRecord } from './manifest.js';
import type { TableName } from './tableName.js';

/** Prints what an earlier version is known by, besides what every manifest has of it. */
export function printVersionRecord(record: VersionRecord): string {
  const { columns, fingerprint, sql, inputs, checks } = record;
  return `${JSON.stringify({ format: 1, columns, fingerprint, sql, inputs, checks })}\n`;
}

/** Reads a version's record; undefined when it is missing or damaged. */
export async function readVersionRecord(
  { fileSystem, layout, logger }: LakeContext,
  table: TableName,
  directory: string,
): Promise<VersionRecord | undefined> {
  const path = layout.versionRecord(table, directory);
  const text = await contentOf(fileSystem, path);
  if (text === undefined) return undefined;
  const record = parse(text);
  if (record === undefined) logger.warn(`${path} is damaged.`);
  return record;
}

function parse(text: string): VersionRecord | undefined {
  let value: Partial<VersionRecord> & { readonly format?: unknown };
  try {
    value = JSON.parse(text) as typeof value;
  } catch {
    return undefined;
  }
  const { format, columns, fingerprint, sql, inputs, checks } = value ?? {};
  const lists = [columns, inputs, checks].every((list) => Array.isArray(list));
  if (format !== 1 || !lists || typeof fingerprint !== 'object' || typeof sql !== 'string') return undefined;
  return { columns, fingerprint, sql, inputs, checks } as VersionRecord;
}
