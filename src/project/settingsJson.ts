import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';

/** A settings file as a tree, or why it is none; `offset` in UTF-16 units. */
export type SettingsJson =
  | { readonly ok: true; readonly tree: Node }
  | { readonly ok: false; readonly reason: string; readonly offset: number };

/** By the parser's name of an error: what it means. */
const reasons: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a text needs double quotes',
  InvalidNumberFormat: 'a number is not written as numbers are',
  PropertyNameExpected: 'the name of a setting, in double quotes, is missing',
  ValueExpected: 'a value is missing',
  ColonExpected: 'a colon is missing',
  CommaExpected: 'a comma is missing before this',
  CloseBraceExpected: 'the closing } is missing',
  CloseBracketExpected: 'the closing ] is missing',
  EndOfFileExpected: 'something stands after its end',
  InvalidCommentToken: 'a comment can not stand here',
  UnexpectedEndOfComment: 'a comment has no end',
  UnexpectedEndOfString: 'the closing quote of a text is missing',
  UnexpectedEndOfNumber: 'a number breaks off',
  InvalidUnicode: 'four hexadecimal digits belong behind \\u',
  InvalidEscapeCharacter: 'a backslash in a text is written twice, as \\\\',
  InvalidCharacter: 'a tab or another control character stands in a text',
};

/** Reads JSON in which comments and trailing commas are allowed. */
export function readSettingsJson(text: string): SettingsJson {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first === undefined && tree !== undefined) return { ok: true, tree };
  if (first === undefined || text.trim() === '') return { ok: false, reason: 'it is empty', offset: 0 };
  const name = printParseErrorCode(first.error);
  return { ok: false, reason: reasons[name] ?? name, offset: first.offset };
}

/** The first key of an object that was there before, and where it stands the second time. */
export function doubledKey(tree: Node): { readonly key: string; readonly offset: number } | undefined {
  const seen = new Set<unknown>();
  for (const { children } of tree.type === 'object' ? (tree.children ?? []) : []) {
    const [name] = children ?? [];
    if (name === undefined) continue;
    if (seen.has(name.value)) return { key: String(name.value), offset: name.offset };
    seen.add(name.value);
  }
  return undefined;
}
