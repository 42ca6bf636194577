/** A value as it was written, and the other texts that mean the same to every reader, as `true` for `yes`. */
export type Cell = string | null | { readonly text: string; readonly or: readonly (string | null)[] };

/** One record or line of a file, and what has to come of it. */
export type Line =
  /** A row of the table; `text` where it is not written as usual. */
  | { readonly is: 'row'; readonly values: readonly Cell[]; readonly text?: string }
  /** A record whose `columns` do not have the contract's types. Without a contract it is a row like any other. */
  | { readonly is: 'misfit'; readonly values: readonly Cell[]; readonly columns: readonly string[] }
  /**
   * A record that is no row, whatever is known: it can't be told apart into the columns, or the values of
   * `columns` are none. `isData` is false for what is no loss, as a comment.
   */
  | {
      readonly is: 'apart';
      readonly text: string;
      readonly reason: string;
      readonly columns?: readonly string[];
      readonly isData: boolean;
    }
  /** Of no record: a blank line. */
  | { readonly is: 'nothing'; readonly text: string };

export type Encoding = 'utf-8' | 'utf-16' | 'utf-16be' | 'latin-1' | 'windows-1252';

/** How a table becomes bytes. */
export interface Form {
  readonly delimiter: string;
  /** Empty: nothing is quoted. */
  readonly quote: string;
  readonly escape: string;
  readonly quoteAll: boolean;
  readonly lineEnd: string;
  /** The last line has its line end. */
  readonly isEnded: boolean;
  readonly encoding: Encoding;
  /** It begins with a byte order mark. */
  readonly isMarked: boolean;
  readonly isCompressed: boolean;
}

export const none = Symbol('no header');

/** One file of a table. */
export interface Sheet {
  /** Default `b.csv`. */
  readonly name?: string;
  /** Texts that stand above the header. */
  readonly above?: string;
  /** The header as it is written, where it is not the names in their order; `none` where there is none. */
  readonly header?: string | typeof none;
  /** The names in the order of this file. */
  readonly order?: readonly string[];
  readonly lines: readonly Line[];
  readonly form?: Partial<Form>;
  /** What becomes of the bytes in the end, as a cut. */
  readonly spoil?: (bytes: Buffer) => Buffer;
}

/** How files meet Ratatouille. */
export type Way =
  /** There is no contract yet. */
  | 'first'
  /** A good file has its contract, and this one comes after it. */
  | 'behind'
  /** As `behind`, and records may be rejected. */
  | 'within';
export const ways: readonly Way[] = ['first', 'behind', 'within'];

/** What may come of a file. The fourth, that it is silently wrong, may not. */
export type Answer = 'right' | 'rejected' | 'loud';

/** One kind of pollution: how the files are made, and the truth about them. */
export interface Pollution extends Sheet {
  readonly title: string;
  /** `name TYPE, …`: what a careful person writes into the contract. */
  readonly columns: string;
  /** The same as nothing but the files tells it. Default: as `columns`. */
  readonly told?: string;
  /** There is no right reading: only an error is right. */
  readonly isUnreadable?: boolean;
  /** The names are not in the file, or can not all be kept: any will do. */
  readonly isNameless?: boolean;
  /** More files of the table. */
  readonly beside?: readonly Sheet[];
  /** Files that are not of the table, by name. */
  readonly litter?: Readonly<Record<string, string>>;
  /** It came after a good file, so without a contract the two are met together. */
  readonly isSecond?: boolean;
  /** Below its folder. Default `*`. */
  readonly pattern?: string;
  /** Parts of the contract beside what the form says. */
  readonly contract?: Readonly<Record<string, unknown>>;
  /** The form of the good file and the contract. Default: this file's. */
  readonly contractForm?: Partial<Form>;
  /** The good file's row, where `columns` do not tell it. */
  readonly good?: readonly Cell[];
  /** Where Ratatouille answers otherwise than the truth would allow at best. */
  readonly answers?: Partial<Readonly<Record<Way, Answer>>>;
  /** Where it is silently wrong today, and what would have to be done. */
  readonly known?: Partial<Readonly<Record<Way, string>>>;
  /** What the error of the first look says, and the line it names. */
  readonly says?: RegExp;
  readonly line?: number;
  /** Too large for every change: only the long tests and the report try it. */
  readonly isLarge?: boolean;
}

export const row = (...values: readonly Cell[]): Line => ({ is: 'row', values });
export const written = (text: string, ...values: readonly Cell[]): Line => ({ is: 'row', values, text });
export const misfit = (columns: string, ...values: readonly Cell[]): Line => ({
  is: 'misfit',
  values,
  columns: columns.split(' '),
});
const noRow =
  (isData: boolean) =>
  (reason: string, text: string, columns?: string): Line => ({
    is: 'apart',
    reason,
    text,
    isData,
    ...(columns !== undefined && { columns: columns.split(' ') }),
  });
export const apart = noRow(true);
export const notData = noRow(false);

export const blank = (text = ''): Line => ({ is: 'nothing', text });
export const either = (text: string, ...or: readonly (string | null)[]): Cell => ({ text, or });

/** Rows of `id BIGINT, name VARCHAR, amount DOUBLE`, numbered from `from`. */
export function sales(count: number, from = 1, note = ''): readonly Line[] {
  return Array.from({ length: count }, (_, index) => {
    const id = from + index;
    return row(String(id), `item ${id}${note}`, `${id}.25`);
  });
}

export const salesColumns = 'id BIGINT, name VARCHAR, amount DOUBLE';
