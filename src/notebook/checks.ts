import type { Layer } from '../protocol/layer.js';
import type { Span } from '../protocol/text.js';

export const checkActions = ['warn', 'drop', 'fail'] as const;

/** What happens when a check does not hold: a warning, the rows go to quarantine, or nothing is published. */
export type CheckAction = (typeof checkActions)[number];

interface CheckBase {
  /** The rule as written, without its action, on one line. */
  readonly text: string;
  readonly action: CheckAction;
  /** The rule without its action, in the cell's text. */
  readonly span: Span;
  /** What can change its answer while the rows stay, as `now`; absent where nothing can. */
  readonly volatile?: string;
}

/** A word of a rule, without its quotes. */
export interface CheckName {
  readonly name: string;
  readonly span: Span;
}

/** A rule of each row by itself: a boolean expression. Only FALSE fails. */
export interface RowCheck extends CheckBase {
  readonly kind: 'row';
  /** SQL without comments and semicolons, its parentheses balanced; lines are joined by `\n`. */
  readonly expression: string;
  /** The function that is all of the rule, as `valid` in `valid(a, b)`. */
  readonly call?: CheckName;
}

/** A rule of the table as a whole: a boolean expression of aggregates. Only FALSE fails. */
export interface TableCheck extends CheckBase {
  readonly kind: 'table';
  readonly expression: string;
  /** Its aggregates as written, as `sum(amount)`, each once. */
  readonly aggregates: readonly string[];
}

/** A rule of columns: `not_null(a, b)` for each of them, `unique(a, b)` for them together. */
export interface ColumnsCheck extends CheckBase {
  readonly kind: 'not_null' | 'unique';
  readonly columns: readonly CheckName[];
}

/** `accepted(status, 'a', 'b')`: each value of the column is one of these. */
export interface AcceptedCheck extends CheckBase {
  readonly kind: 'accepted';
  readonly column: CheckName;
  readonly values: readonly AcceptedValue[];
}

/** A literal, as SQL. */
export interface AcceptedValue {
  readonly sql: string;
  readonly type: 'text' | 'number' | 'boolean' | 'moment';
  readonly span: Span;
}

/** `references(store_id, silver.stores.store_id)`: each value of the column is a value of the other one. */
export interface ReferencesCheck extends CheckBase {
  readonly kind: 'references';
  readonly column: CheckName;
  readonly table: { readonly layer: Layer; readonly name: string; readonly span: Span };
  readonly referenced: CheckName;
}

/** `fresh(sold_at, '2 days')`: the newest value of the column is no older than that when the run begins. */
export interface FreshCheck extends CheckBase {
  readonly kind: 'fresh';
  readonly column: CheckName;
  /** As the engine reads an INTERVAL. */
  readonly within: string;
}

export type Check = RowCheck | TableCheck | ColumnsCheck | AcceptedCheck | ReferencesCheck | FreshCheck;

/** Why a rule can't `drop` rows; undefined where it can, or need not. */
export function dropFault(check: Check): { readonly message: string; readonly hint: string } | undefined {
  if (check.action !== 'drop') return undefined;
  switch (check.kind) {
    case 'unique':
      return {
        message: 'unique(…) can only warn or fail: which of the equal rows to drop is not said.',
        hint: `Keep one row in the model: QUALIFY row_number() OVER (PARTITION BY ${check.columns.map(({ name }) => name).join(', ')} ORDER BY …) = 1`,
      };
    case 'fresh':
      return {
        message: 'fresh(…) can only warn or fail: it says of no row that it is wrong.',
        hint: 'Write | warn or | fail. To leave old rows out, write a WHERE in the model.',
      };
    case 'table':
      return {
        message: `A rule of the whole table, as ${check.aggregates[0] ?? 'one of aggregates'} makes it, can only warn or fail: it says of no row that it is wrong.`,
        hint: 'Write | warn or | fail. To drop rows, write a rule of one row.',
      };
    default:
      return undefined;
  }
}
