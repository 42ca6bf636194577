import type { FileInspection } from './inspection.js';
import type { Problem } from './problem.js';

/** What the page of an inspection shows; everything but the name may still be missing. */
export interface InspectionView {
  /** Of the file, without its folder. */
  readonly name: string;
  /** What is known so far. */
  readonly inspection?: FileInspection;
  /** How many bytes on disk were read, and of how many; absent when the file is no longer read. */
  readonly progress?: ReadProgress;
  /** Why the file could not be inspected. */
  readonly problem?: Problem;
  /** Its lines can be opened in an editor: it is not compressed. */
  readonly hasLines: boolean;
}

export interface ReadProgress {
  readonly readBytes: number;
  readonly bytes: number;
}

export type MessageToInspection =
  | { readonly kind: 'show'; readonly view: InspectionView }
  /** Nothing else became known since. */
  | { readonly kind: 'progress'; readonly progress: ReadProgress };

/** Everything the page of an inspection may say; it names neither a command nor a file. */
export type MessageFromInspection =
  | { readonly kind: 'ready' }
  /** Open the inspected file at a line, from 1. */
  | { readonly kind: 'open line'; readonly line: number }
  /** Open the contract that the inspected file is under. */
  | { readonly kind: 'open contract' }
  | { readonly kind: 'inspect again' };

/** Tells whether a value that came from the page is a message of it. */
export function isMessageFromInspection(value: unknown): value is MessageFromInspection {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, line } = value as { kind?: unknown; line?: unknown };
  if (kind === 'open line') return Number.isSafeInteger(line) && Number(line) > 0;
  return kind === 'ready' || kind === 'open contract' || kind === 'inspect again';
}
