import type { CheckFunctionName } from '../notebook/checkFunctions.js';
import type { CheckAction } from '../notebook/checks.js';
import type { declarationKeys } from '../notebook/declarations.js';

export interface Help {
  readonly short: string;
  /** Markdown. */
  readonly long: string;
}

/** What each declaration is for, in the words of somebody who meets it for the first time. */
export const declarationHelp: Readonly<Record<(typeof declarationKeys)[number], Help>> = {
  description: {
    short: 'what one row is',
    long: 'Says what the table is, best by what one row stands for. Shown wherever the table is.\n\n`-- @description: One row for each line of a receipt`',
  },
  owner: {
    short: 'whom to ask',
    long: 'Says who answers questions about the table.\n\n`-- @owner: sales team`',
  },
  tag: {
    short: 'words to select tables by',
    long: 'Puts the table into a group, to run or find its tables together: `ratatouille run tag:daily`.\n\n`-- @tag: finance, daily`',
  },
  column: {
    short: 'what one column means',
    long: 'Says what a column means: its name, then two blanks, then the words.\n\n`-- @column: quantity  pieces sold, negative for a return`',
  },
  check: {
    short: 'a rule that its rows must keep',
    long: 'A rule, judged before the table is published. After the last `|` stands what happens to rows that break it: `warn`, `drop` or `fail`.\n\n`-- @check: quantity <> 0 | drop`\n\n`-- @check: unique(transaction_id) | fail`',
  },
};

export const actionHelp: Readonly<Record<CheckAction, Help>> = {
  warn: {
    short: 'keep the rows and say so',
    long: 'The table is published with these rows, and you are told how many there are.',
  },
  drop: {
    short: 'set the rows aside',
    long: 'Rows that break the rule are left out and kept aside, counted, so that you can look at them.',
  },
  fail: {
    short: 'publish nothing',
    long: 'The new table is not published: the version before it stays. So it is when no action is written.',
  },
};

export const checkFunctionHelp: Readonly<Record<CheckFunctionName, Help>> = {
  not_null: {
    short: 'these columns are never empty',
    long: '`not_null(store_id, city)`: each of these columns has a value in every row.',
  },
  unique: {
    short: 'no two rows have the same values',
    long: '`unique(transaction_id)`: no two rows are equal in these columns together. It can `warn` or `fail`.',
  },
  accepted: {
    short: 'only these values',
    long: "`accepted(status, 'open', 'closed')`: each value of the column is one of these. A missing value passes.",
  },
  references: {
    short: 'its values are in another table',
    long: '`references(store_id, silver.stores.store_id)`: each value of the column is one of the other column. A missing value passes. The other table is an input: it is built before.',
  },
  fresh: {
    short: 'its newest value is recent',
    long: "`fresh(sold_at, '2 days')`: the newest value is no more than two days older than the run. A table without rows is not fresh. Judged in every run, also when the rows stay; it can `warn` or `fail`.",
  },
};
