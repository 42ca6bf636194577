export type TokenKind =
  | 'word'
  | 'quoted identifier'
  | 'string'
  | 'number'
  | 'operator'
  | 'parameter'
  | 'line comment'
  | 'block comment'
  | 'blank';

interface Scanned {
  readonly kind: TokenKind;
  /** Offset after the token. */
  readonly end: number;
  readonly unterminated: boolean;
}

/**
 * What DuckDB replaces by a space before it parses (`Parser::StripUnicodeSpaces`), and its own blanks.
 * Each of these counts as one byte in the positions that the engine reports.
 */
export const unicodeBlanks = '\u00a0\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff';

const blanks = new RegExp(`[ \\t\\n\\r\\f\\v${unicodeBlanks}]+`, 'y');
const word = new RegExp(`[A-Za-z_\\u0080-\\uffff](?:[A-Za-z0-9_$]|[^\\0-\\x7f${unicodeBlanks}])*`, 'y');
const number = /0[xX][0-9a-fA-F_]+|(?:\d[\d_]*(?:\.(?!\.)[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?/y;
const parameter = /\?\d*|\$(?:\d+|[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)/y;
const dollarQuote = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
const lineComment = /--[^\n\r]*/y;
const operatorRun = /(?:(?!--|\/\*)[+\-*/<>=~!@#%^&|`])+|:[:=]/y;

/** Scans the one token that starts at an offset inside the text. Its first character tells what it can be. */
export function scanToken(text: string, at: number): Scanned {
  const first = text.charCodeAt(at);
  if (first >= 0x80) return simple('blank', blanks, text, at) ?? scanWord(text, at);
  return asciiScanners[first]?.(text, at) ?? scanOperator(text, at);
}

type Scanner = (text: string, at: number) => Scanned | undefined;

const scanWord = (text: string, at: number) => simple('word', word, text, at) ?? scanOperator(text, at);
const scanNumber: Scanner = (text, at) => simple('number', number, text, at);

/** By the code of a token's first character. */
const asciiScanners = scannersOf([
  [' \t\n\r\f\v', (text, at) => simple('blank', blanks, text, at)],
  ['-', (text, at) => simple('line comment', lineComment, text, at)],
  ['/', scanBlockComment],
  [`"'`, scanQuoted],
  ['xXbBeE', (text, at) => scanQuoted(text, at) ?? scanWord(text, at)],
  ['ACDFGHIJKLMNOPQRSTUVWYZacdfghijklmnopqrstuvwyz_', scanWord],
  ['0123456789.', scanNumber],
  ['$', (text, at) => scanDollarQuote(text, at) ?? simple('parameter', parameter, text, at)],
  ['?', (text, at) => simple('parameter', parameter, text, at)],
]);

function scannersOf(table: readonly (readonly [string, Scanner])[]): readonly Scanner[] {
  const scanners: Scanner[] = [];
  for (const [characters, scanner] of table) {
    for (const character of characters) scanners[character.charCodeAt(0)] = scanner;
  }
  return scanners;
}

/** As in PostgreSQL, + and - end an operator only where it has one of these: `=-1` is `=` and `-1`. */
function scanOperator(text: string, at: number): Scanned {
  const run = text.slice(at, matchEnd(operatorRun, text, at) ?? at + 1);
  const kept = /[~!@#%^&|`]/.test(run) ? run : run.replace(/(?<=.)[+-]+$/, '');
  return { kind: 'operator', end: at + kept.length, unterminated: false };
}

function simple(kind: TokenKind, pattern: RegExp, text: string, at: number): Scanned | undefined {
  const end = matchEnd(pattern, text, at);
  return end === undefined ? undefined : { kind, end, unterminated: false };
}

function matchEnd(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function scanBlockComment(text: string, at: number): Scanned | undefined {
  if (!text.startsWith('/*', at)) return undefined;
  const bounds = /\/\*|\*\//g;
  bounds.lastIndex = at + 2;
  let depth = 1;
  for (let bound = bounds.exec(text); bound !== null; bound = bounds.exec(text)) {
    depth += bound[0] === '/*' ? 1 : -1;
    if (depth === 0) return { kind: 'block comment', end: bounds.lastIndex, unterminated: false };
  }
  return { kind: 'block comment', end: text.length, unterminated: true };
}

interface Quoting {
  readonly kind: TokenKind;
  readonly quote: string;
  /** From the opening quote, prefix included, to the next quote that closes. */
  readonly first: RegExp;
  /** The same where a doubled quote goes on: `'a''b'` is `'a'` and then `'b'`. */
  readonly next: RegExp;
}

const quotings: readonly { readonly head: RegExp; readonly quoting: Quoting }[] = [
  { head: /"/y, quoting: { kind: 'quoted identifier', quote: '"', first: /"[^"]*"/y, next: /"[^"]*"/y } },
  { head: /[xXbB]?'/y, quoting: { kind: 'string', quote: "'", first: /[xXbB]?'[^']*'/y, next: /'[^']*'/y } },
  {
    head: /[eE]'/y,
    quoting: {
      kind: 'string',
      quote: "'",
      first: /[eE]'(?:\\[\s\S]|[^\\'])*'/y,
      next: /'(?:\\[\s\S]|[^\\'])*'/y,
    },
  },
];

function scanQuoted(text: string, at: number): Scanned | undefined {
  const quoting = quotings.find(({ head }) => matchEnd(head, text, at) !== undefined)?.quoting;
  if (quoting === undefined) return undefined;
  let end = matchEnd(quoting.first, text, at);
  while (end !== undefined && text[end] === quoting.quote) end = matchEnd(quoting.next, text, end);
  return { kind: quoting.kind, end: end ?? text.length, unterminated: end === undefined };
}

function scanDollarQuote(text: string, at: number): Scanned | undefined {
  const bodyStart = matchEnd(dollarQuote, text, at);
  if (bodyStart === undefined) return undefined;
  const tag = text.slice(at, bodyStart);
  const close = text.indexOf(tag, bodyStart);
  return { kind: 'string', end: close === -1 ? text.length : close + tag.length, unterminated: close === -1 };
}
