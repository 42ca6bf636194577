import type { Problem } from './problem.js';
import type { TableBlock } from './result.js';

/** The id under which package.json contributes the renderer of results; both ends of the messages name it. */
export const rendererId = 'ratatouille.result';

/**
 * Everything an output may ask of the editor. It says what a person wants, never which command does it:
 * what is drawn in an output is data, and data must not reach commands.
 */
export type MessageFromRenderer =
  /** Run the cell once more. */
  | { readonly kind: 'run again'; readonly cell: string; readonly how: RunAgain }
  /** Answered by `rows` or `refused` under the same number. */
  | {
      readonly kind: 'show rows';
      readonly rows: RowsBeside;
      readonly cell: string;
      /** `layer.name`. */
      readonly model: string;
      readonly request: number;
    }
  /** Show a model's file, relative to the project, in the editor's explorer. */
  | { readonly kind: 'reveal file'; readonly cell: string; readonly path: string }
  /** Let a person choose what the contract of a `landing()`, given by its pattern, says of files that differ. */
  | { readonly kind: 'accept drift'; readonly pattern: string }
  | { readonly kind: 'manage trust' };

/** Rows that are kept beside a model's table: `dropped` by its checks, or `rejected` when its files were read. */
export type RowsBeside = 'dropped' | 'rejected';

/** `rebuild` builds even what is up to date; `with upstream` first brings what the cell reads up to date. */
export type RunAgain = 'rebuild' | 'with upstream';

/** Everything the editor may tell an output. */
export type MessageToRenderer =
  | { readonly kind: 'rows'; readonly request: number; readonly table: TableBlock }
  | { readonly kind: 'refused'; readonly request: number; readonly problem: Problem };

/** Tells whether a value that came from an output's page is one of its messages. */
export function isMessageFromRenderer(value: unknown): value is MessageFromRenderer {
  const message = asRecord(value);
  switch (message?.kind) {
    case 'run again':
      return isText(message.cell) && (message.how === 'rebuild' || message.how === 'with upstream');
    case 'show rows':
      return isText(message.cell) && isRowsBeside(message.rows) && isRequestForModel(message);
    case 'reveal file':
      return isText(message.cell) && isText(message.path);
    case 'accept drift':
      return isText(message.pattern);
    case 'manage trust':
      return true;
    default:
      return false;
  }
}

/** Tells whether a value that came to an output's page is a message of this editor. */
export function isMessageToRenderer(value: unknown): value is MessageToRenderer {
  const message = asRecord(value);
  if (!Number.isSafeInteger(message?.request)) return false;
  switch (message?.kind) {
    case 'rows': {
      const table = asRecord(message.table);
      return table?.kind === 'table' && Array.isArray(table.columns) && Array.isArray(table.rows);
    }
    case 'refused':
      return isText(asRecord(message.problem)?.message);
    default:
      return false;
  }
}

function isRowsBeside(value: unknown): boolean {
  return value === 'dropped' || value === 'rejected';
}

function isRequestForModel({ model, request }: Readonly<Record<string, unknown>>): boolean {
  return isText(model) && Number.isSafeInteger(request);
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? { ...value } : undefined;
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}
