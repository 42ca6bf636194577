import assert from 'node:assert/strict';
import { wrapText } from '../../../../src/cli/print/wrap.js';

describe('wrapping a sentence', () => {
  const sentence = 'The file has 3 fields on line 7 where 4 belong.';

  it('keeps every line within the width', () => {
    assert.deepEqual(wrapText(sentence, 20, '  ').split('\n'), [
      'The file has 3',
      '  fields on line 7',
      '  where 4 belong.',
    ]);
  });

  it('makes one line where there is no width', () => {
    assert.equal(wrapText(sentence, undefined, '  '), sentence);
  });

  it('leaves a word whole that is wider than a line', () => {
    assert.equal(wrapText('at data/landing/sales.csv now', 10), 'at\ndata/landing/sales.csv\nnow');
  });
});
