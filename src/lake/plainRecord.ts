import { randomUUID } from 'node:crypto';
import { faultLine } from '../protocol/fault.js';
import type { LakeContext } from './context.js';
import { contentOf, replaceFile } from './durable.js';
import type { FileStatus } from './fileSystem.js';

/** What the lake put under a plain name, to tell it from what others put there. */
export interface PlainMark {
  /** The version's folder. */
  readonly directory: string;
  /** Inodes are compared only on the host that saw them: a mount in a container may show others. */
  readonly host: string;
  readonly inode: number;
  readonly bytes: number;
  readonly modifiedMs: number;
}

/** Marks by plain path, newest first: the one being put in place and the one before it. */
export type PlainMarks = Readonly<Record<string, readonly PlainMark[]>>;

/** Tells whether what stands under a plain name is what a mark describes. */
export function bearsMark(status: FileStatus, mark: PlainMark, host: string): boolean {
  const { bytes, modifiedMs, inode } = mark;
  if (status.kind === 'directory' || status.bytes !== bytes || status.modifiedMs !== modifiedMs) return false;
  return mark.host !== host || status.inode === inode;
}

/** Reads the marks; none when they are missing or damaged, and plain names are then made anew. */
export async function readMarks({ fileSystem, layout, logger }: LakeContext): Promise<PlainMarks> {
  const text = await contentOf(fileSystem, layout.plainRecord);
  if (text === undefined) return {};
  try {
    const { format, names } = JSON.parse(text) as { format?: unknown; names?: PlainMarks };
    if (format === 1 && typeof names === 'object' && names !== null) return names;
    logger.warn(`${layout.plainRecord} has another format; plain names are made anew.`);
  } catch (error) {
    logger.warn(`${layout.plainRecord} is damaged; plain names are made anew: ${faultLine(error)}`);
  }
  return {};
}

/** Keeps the marks. Written before the files they describe are put in place. */
export function writeMarks(context: LakeContext, names: PlainMarks): Promise<void> {
  const path = context.layout.plainRecord;
  return replaceFile(context, `${path}.${randomUUID()}.tmp`, path, JSON.stringify({ format: 1, names }));
}
