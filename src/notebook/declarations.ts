import { type Place, type Problem, problem } from '../protocol/problem.js';
import { suggest } from '../protocol/suggest.js';
import type { Span } from '../protocol/text.js';
import { unquoteIdentifier } from '../sql/names.js';
import type { Token } from '../sql/tokenise.js';
import type { Check } from './checks.js';
import { readDeclarationLines, type WrittenDeclaration } from './declarationLines.js';
import { parseCheck } from './parseCheck.js';
import { placeInCell } from './place.js';

/** A declared value and where it stands in the cell's text. */
export interface Declared<Value> {
  readonly value: Value;
  readonly span: Span;
}

export interface ColumnDescription extends Declared<string> {
  /** As written, without quotes. */
  readonly column: string;
  /** Where the column is named in the cell's text. */
  readonly columnSpan: Span;
}

/** What the comments directly above a statement declare. */
export interface Declarations {
  readonly description?: Declared<string>;
  readonly owner?: Declared<string>;
  readonly tags: readonly Declared<string>[];
  readonly columns: readonly ColumnDescription[];
  readonly checks: readonly Check[];
}

export interface ParsedDeclarations {
  readonly declarations: Declarations;
  /** Their places are in the cell. A declaration with a problem is left out of `declarations`. */
  readonly problems: readonly Problem[];
}

/** The keys that mean something; others are errors, so that nothing is written that does nothing. */
export const declarationKeys = ['description', 'owner', 'tag', 'column', 'check'] as const;

type Key = (typeof declarationKeys)[number];

/** Tells whether a key is one that declares something. */
export function isDeclarationKey(key: string): key is Key {
  return declarationKeys.some((known) => known === key);
}

/** Reads the declarations in the comments above a statement; `comments` are tokens of the cell's text. */
export function parseDeclarations(
  text: string,
  comments: readonly Token[],
  where: Place = {},
): ParsedDeclarations {
  const reader = new Reader(text, where);
  for (const comment of comments) reader.refuseBlockComment(comment);
  for (const written of readDeclarationLines(text, comments)) reader.read(written);
  return reader.result();
}

class Reader {
  readonly #single = new Map<'description' | 'owner', Declared<string>>();
  readonly #tags: Declared<string>[] = [];
  readonly #columns: ColumnDescription[] = [];
  readonly #checks: Check[] = [];
  readonly #problems: Problem[] = [];

  constructor(
    readonly text: string,
    readonly where: Place,
  ) {}

  result(): ParsedDeclarations {
    return {
      declarations: {
        ...Object.fromEntries(this.#single),
        tags: this.#tags,
        columns: this.#columns,
        checks: this.#checks,
      },
      problems: this.#problems,
    };
  }

  refuseBlockComment(comment: Token): void {
    if (comment.kind !== 'block comment') return;
    const found = /^\/\*[\s*]*@([A-Za-z_][\w-]*)/.exec(this.text.slice(comment.start, comment.end));
    if (found?.[1] === undefined) return;
    this.#refuse(comment, 'A declaration stands in a -- comment.', `Write -- @${found[1]}: …`);
  }

  read(written: WrittenDeclaration): void {
    const { key, keySpan, value } = written;
    if (!isDeclarationKey(key)) this.#refuseKey(key, keySpan);
    else if (!written.hasColon)
      this.#refuse(keySpan, `A colon must follow @${key}.`, `Write -- @${key}: …`, `@${key}:`);
    else if (value === '') this.#refuse(keySpan, `@${key} has no value.`, examples[key]);
    else this.#readKnown(key, written);
  }

  #readKnown(key: Key, written: WrittenDeclaration): void {
    const prose = { value: written.value.replace(/\s+/g, ' '), span: written.valueSpan };
    switch (key) {
      case 'description':
      case 'owner':
        if (this.#single.has(key))
          this.#refuse(written.keySpan, `@${key} is given twice.`, 'Keep one of them.');
        else this.#single.set(key, prose);
        break;
      case 'tag':
        this.#readTags(written);
        break;
      case 'column':
        this.#readColumn(written, prose.value);
        break;
      case 'check':
        this.#readCheck(written);
        break;
    }
  }

  #readTags({ value, toCell }: WrittenDeclaration): void {
    for (const found of value.matchAll(/[^,\s](?:[^,\n]*[^,\s])?/g)) {
      const span = { start: toCell(found.index), end: toCell(found.index) + found[0].length };
      if (/^[\w.-]+$/.test(found[0])) this.#tags.push({ value: found[0], span });
      else
        this.#refuse(
          span,
          `"${found[0]}" is no tag.`,
          'A tag is of letters, digits, _ . and -; commas part tags.',
        );
    }
  }

  #readColumn({ keySpan, valueSpan, toCell }: WrittenDeclaration, value: string): void {
    const [, name, description] = /^("(?:[^"]|"")+"|[^\s"]+)\s+(.+)$/.exec(value) ?? [];
    if (name === undefined || description === undefined) {
      this.#refuse(valueSpan, '@column is a name and a description.', examples.column);
      return;
    }
    const column = unquoteIdentifier(name);
    const isTwice = this.#columns.some((other) => other.column.toLowerCase() === column.toLowerCase());
    if (isTwice) this.#refuse(keySpan, `The column ${column} is described twice.`, 'Keep one of them.');
    else {
      const columnSpan = { start: valueSpan.start, end: toCell(name.length) };
      this.#columns.push({ column, columnSpan, value: description, span: valueSpan });
    }
  }

  #readCheck(written: WrittenDeclaration): void {
    const outcome = parseCheck(written);
    if (outcome.ok) this.#checks.push(outcome.check);
    else this.#refuse(outcome.span, outcome.message, outcome.hint, outcome.meant);
  }

  #refuseKey(key: string, span: Span): void {
    const meant = suggest(key, declarationKeys);
    const known = declarationKeys.map((each) => `@${each}`).join(', ');
    const hint =
      meant === undefined ? `Known are ${known}. A remark must not begin with @.` : `Did you mean @${meant}?`;
    this.#refuse(
      span,
      `There is no declaration @${key}.`,
      hint,
      meant === undefined ? undefined : `@${meant}`,
    );
  }

  /** `meant` is what to write in the span's place. */
  #refuse(span: Span, message: string, hint: string, meant?: string): void {
    const place = { ...this.where, ...placeInCell(this.text, span) };
    const fix = meant === undefined ? {} : { fix: { kind: 'replace', texts: [meant] } as const };
    this.#problems.push(problem('notebook.declaration', message, { hint, place, ...fix }));
  }
}

const examples: Readonly<Record<Key, string>> = {
  description: 'Write -- @description: One row per line of a receipt',
  owner: 'Write -- @owner: sales team',
  tag: 'Write -- @tag: finance, daily',
  column: 'Write -- @column: quantity  pieces sold, negative for a return',
  check: 'Write -- @check: quantity > 0 | drop',
};
