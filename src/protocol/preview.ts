import type { TableBlock } from './result.js';

/** What the preview panel shows: some rows, and what a person may do with them. */
export interface PreviewContent {
  readonly title: string;
  /** What is worth knowing before the rows are read, a sentence each. */
  readonly facts: readonly string[];
  readonly table: TableBlock;
  /** What is said below the rows; absent: how many they are of how many. */
  readonly caption?: string;
  /** The column whose values open the file that their row came from; absent where rows don't tell. */
  readonly originColumn?: number;
  /** A text that can be unfolded below the table. */
  readonly details?: { readonly label: string; readonly text: string };
  /** Buttons; the first is the one a person most likely wants. */
  readonly actions: readonly PreviewAction[];
}

export interface PreviewAction {
  readonly id: string;
  readonly label: string;
}

export interface MessageToPreview {
  readonly kind: 'show';
  readonly content: PreviewContent;
}

/** Everything the panel may say; it never names a command. */
export type MessageFromPreview =
  | { readonly kind: 'ready' }
  | { readonly kind: 'act'; readonly action: string }
  /** Open the file that a row came from: the first row that is shown is 0. */
  | { readonly kind: 'open origin'; readonly row: number };

/** Tells whether a value that came from the panel's page is a message of it. */
export function isMessageFromPreview(value: unknown): value is MessageFromPreview {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, action, row } = value as { kind?: unknown; action?: unknown; row?: unknown };
  if (kind === 'act') return typeof action === 'string';
  if (kind === 'open origin') return Number.isSafeInteger(row) && Number(row) >= 0;
  return kind === 'ready';
}
