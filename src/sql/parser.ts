import type { Json } from '../protocol/json.js';
import type { Span } from '../protocol/text.js';
import type { RowShape } from './rowShape.js';

/** What the engine's own parser makes of one SELECT. */
export type ParseOutcome =
  | {
      readonly ok: true /** What `json_serialize_sql` answers, whole: `{statements: [{node}]}`. */;
      readonly tree: Json;
    }
  | {
      readonly ok: false;
      readonly message: string;
      /** UTF-16 offset into the text, where the parser names one. */
      readonly offset?: number;
      /** `syntax`: not SQL; `unserialisable`: SQL that the engine can't describe, as PIVOT without IN. */
      readonly reason: 'syntax' | 'unserialisable';
    };

/** The port that the engine fills: parses many SELECT texts at once, in order. Nothing is bound or run. */
export interface SqlParser {
  parse(selects: readonly string[]): Promise<readonly ParseOutcome[]>;
}

/** A table named in a FROM that no CTE of the statement supplies. */
export interface TableReference {
  readonly catalog?: string;
  readonly schema?: string;
  readonly name: string;
  readonly alias?: string;
  /** The name as written, qualifiers included; offsets into the parsed text. */
  readonly span: Span;
  /**
   * `AT (VERSION => 12)`, with the span of the whole clause. Without a version where the clause is anything
   * else, as `AT (TIMESTAMP => …)`.
   */
  readonly at?: { readonly version?: number; readonly span: Span };
}

/** A function called in a FROM. */
export interface TableFunctionReference {
  /** In lower case. */
  readonly name: string;
  /** Positional arguments; a string for a literal, undefined for anything else. */
  readonly args: readonly (string | undefined)[];
  /** Named arguments, by name in lower case; a string for a literal, also of an integer, undefined for anything else. */
  readonly named: Readonly<Record<string, string | undefined>>;
  readonly alias?: string;
  /** From the name to the closing parenthesis. */
  readonly span: Span;
}

/** Everything a SELECT takes from outside itself. */
export interface References {
  readonly tables: readonly TableReference[];
  readonly tableFunctions: readonly TableFunctionReference[];
  /** Names of scalar, aggregate and window functions, in lower case, each once. */
  readonly functions: readonly string[];
  /** Names of types that are not built in, in lower case, each once. */
  readonly types: readonly string[];
  /** Names read by `getvariable('…')`, in lower case, each once. */
  readonly variables: readonly string[];
  /**
   * Calls whose value changes without an input changing: `now`, `random`, …; in lower case, each once.
   * `sample` for TABLESAMPLE and USING SAMPLE, `getvariable` where its argument is no literal.
   */
  readonly volatile: readonly string[];
  /** Aggregates outside subqueries, with FILTER or WITHIN GROUP; windows are none. */
  readonly aggregates: readonly Span[];
  /** Window functions outside subqueries, with their OVER left out. */
  readonly windows: readonly Span[];
  /** Places where the result depends on an order that nothing fixes. */
  readonly unordered: readonly { readonly what: string; readonly span: Span }[];
  /**
   * The statement is one SELECT of one source without filter, join, grouping, DISTINCT, window, LIMIT,
   * aggregate or unnest. A macro among `functions` can hide one of these: macros are not looked into.
   */
  readonly keepsEveryRow: boolean;
  readonly shape: RowShape;
}
