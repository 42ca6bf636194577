import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HeaderSearch } from '../../../src/ingest/headerAgain.js';

/** The line that a search finds in a text that comes in chunks of this size. */
function lineOf(text: string, size: number, quote = '"'): number | undefined {
  const search = new HeaderSearch(quote, '\n');
  const bytes = Buffer.from(text);
  const lineAt = (offset: number) => bytes.subarray(0, offset).toString().split('\n').length;
  for (let at = 0; at < bytes.length; at += size) search.push(bytes.subarray(at, at + size), lineAt(at));
  search.end(lineAt(bytes.length));
  return search.line;
}

describe('a header once more', () => {
  for (const [title, text, line] of [
    ['in the middle', 'a,b\n1,2\na,b\n3,4\n', 3],
    ['at the end, without a line end', 'a,b\n1,2\na,b', 3],
    ['behind a byte order mark', 'a,b\n1,2\n\ufeffa,b\n', 3],
    ['right below the first', 'a,b\na,b\n', 2],
    ['in other words', 'a,b\n1,2\na,bc\nxa,b\n', undefined],
    ['as a part of a line', 'a,b\n1,a,b\na,b,1\n', undefined],
    ['that is cut by a quoted line end', '"a\nb",c\n"a\nd",e\n', undefined],
  ] as const) {
    it(`is found ${title}`, () => {
      assert.equal(lineOf(text, 1000), line);
    });
  }

  it('is found however the bytes are cut', () => {
    const line = fc.constantFrom('a,b', '\ufeffa,b', 'a,bb', 'xa,b', 'a', '');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.integer({ min: 4, max: 30 }), (lines, size) => {
        const first = lines.findIndex((each) => each.replace('\ufeff', '') === 'a,b');
        assert.equal(lineOf(`a,b\n${lines.join('\n')}`, size), first < 0 ? undefined : first + 2);
      }),
      { numRuns: 500 },
    );
  });
});
