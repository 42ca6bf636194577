import type { Span } from '../protocol/text.js';

/** One thing that can be written at the cursor. */
export interface Suggestion {
  readonly label: string;
  readonly kind:
    | 'layer'
    | 'table'
    | 'view'
    | 'query'
    | 'source'
    | 'column'
    | 'file'
    | 'files'
    | 'function'
    | 'declaration'
    | 'action'
    | 'text';
  /** What takes the place of `replaced`; in that of a function the cursor goes to its `$0`. */
  readonly insert: string;
  readonly replaced: Span;
  /** A few words beside the label. */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  /** Where it stands among the others: lower is earlier; those of one rank keep their order. */
  readonly rank: number;
  /** More is to be suggested as soon as it is written. */
  readonly goesOn?: true;
}
