import assert from 'node:assert/strict';
import fc from 'fast-check';
import { tokenise } from '../../../src/sql/tokenise.js';

/** `kind text` of each token that is not blank. */
function tokens(text: string): string[] {
  return tokenise(text)
    .filter(({ kind }) => kind !== 'blank')
    .map(({ kind, start, end, unterminated }) => {
      return `${kind}: ${text.slice(start, end)}${unterminated ? ' …' : ''}`;
    });
}

const cases: Readonly<Record<string, readonly [text: string, expected: readonly string[]]>> = {
  'quotes that are doubled': ['\'a\'\'b\' "c""d"', ["string: 'a''b'", 'quoted identifier: "c""d"']],
  'backslashes count only after E': ["E'\\'' '\\'", ["string: E'\\''", "string: '\\'"]],
  'dollar quotes with and without a tag': ['$$a;b$$ $t$ $$ $t$', ['string: $$a;b$$', 'string: $t$ $$ $t$']],
  'a dollar inside a word': ['a$$b$$', ['word: a$$b$$']],
  'block comments nest': ['/* /* */ */ 1', ['block comment: /* /* */ */', 'number: 1']],
  'a line comment ends before the line': ["-- it's\r\na", ["line comment: -- it's", 'word: a']],
  numbers: [
    '1_000.5e-3 .5 0xFF 1..2',
    ['number: 1_000.5e-3', 'number: .5', 'number: 0xFF', 'number: 1', 'operator: .', 'number: .2'],
  ],
  parameters: ['$1 $name ?', ['parameter: $1', 'parameter: $name', 'parameter: ?']],
  'operators stop before a sign': [
    'a=-1 b::c',
    ['word: a', 'operator: =', 'operator: -', 'number: 1', 'word: b', 'operator: ::', 'word: c'],
  ],
  'operators stop before comments': ['a*--b', ['word: a', 'operator: *', 'line comment: --b']],
  'Unicode blanks part words': ['a\u00a0b\u3000ü', ['word: a', 'word: b', 'word: ü']],
  'an unterminated string': ["'a''", ["string: 'a'' …"]],
  'an unterminated E string': ["E'\\'", ["string: E'\\' …"]],
  'an unterminated name': ['"a', ['quoted identifier: "a …']],
  'an unterminated dollar quote': ['$x$ $y$', ['string: $x$ $y$ …']],
  'an unterminated comment': ['/* /* */', ['block comment: /* /* */ …']],
};

describe('tokenise', () => {
  for (const [title, [text, expected]] of Object.entries(cases)) {
    it(title, () => assert.deepEqual(tokens(text), expected));
  }

  it('gives tokens that join to the text', () => {
    const piece = fc.constantFrom(
      "'",
      '"',
      '$',
      '$a$',
      '--',
      '/*',
      '*/',
      '\n',
      ';',
      'e',
      'x',
      ' ',
      '\\',
      '1',
      '.',
      'é',
      '😀',
      '\u00a0',
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join('')),
        (text) => {
          assert.equal(
            tokenise(text)
              .map(({ start, end }) => text.slice(start, end))
              .join(''),
            text,
          );
          assert.ok(tokenise(text).every(({ start, end }) => end > start));
        },
      ),
    );
  });
});
