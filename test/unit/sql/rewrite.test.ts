import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rewrite } from '../../../src/sql/rewrite.js';

describe('rewrite', () => {
  it('puts texts in the place of spans', () => {
    const text = "SELECT * FROM landing('a') JOIN silver.b";
    const replacements = [
      { span: { start: 32, end: 40 }, text: 'v2' },
      { span: { start: 14, end: 26 }, text: '"landing 1"' },
    ];
    const { text: rewritten, toOriginal } = rewrite(text, replacements);
    assert.equal(rewritten, 'SELECT * FROM "landing 1" JOIN v2');
    assert.equal(toOriginal(rewritten.indexOf('JOIN')), text.indexOf('JOIN'));
    assert.equal(toOriginal(rewritten.indexOf('1')), text.indexOf('landing'));
    assert.equal(toOriginal(rewritten.length), text.length);
  });

  it('refuses spans that overlap', () => {
    const span = (start: number, end: number) => ({ span: { start, end }, text: '' });
    assert.throws(() => rewrite('abcd', [span(0, 2), span(1, 3)]), RangeError);
    assert.throws(() => rewrite('abcd', [span(3, 5)]), RangeError);
  });

  it('maps what was not replaced to itself', () => {
    const gap = fc.string({ maxLength: 5 });
    fc.assert(
      fc.property(fc.array(fc.tuple(gap, gap, gap)), gap, (pieces, tail) => {
        let text = '';
        const replacements = pieces.map(([kept, old, replacement]) => {
          const span = { start: text.length + kept.length, end: text.length + kept.length + old.length };
          text += kept + old;
          return { span, text: replacement };
        });
        const { text: rewritten, toOriginal } = rewrite(text + tail, replacements);
        assert.equal(rewritten, pieces.map(([kept, , replacement]) => kept + replacement).join('') + tail);
        for (let at = 1; at <= tail.length; at += 1) {
          assert.equal(toOriginal(rewritten.length - tail.length + at), text.length + at);
        }
      }),
    );
  });
});
