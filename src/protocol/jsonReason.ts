/** By jsonc-parser's name of an error. */
const reasons: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a text needs double quotes',
  InvalidNumberFormat: 'a number is not written as numbers are',
  PropertyNameExpected: 'a name in double quotes is missing',
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

/** What a name that jsonc-parser gives an error of JSON means in words; an unknown name as it is. */
export function jsonReason(name: string): string {
  return reasons[name] ?? name;
}
