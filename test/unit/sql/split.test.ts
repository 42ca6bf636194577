import assert from 'node:assert/strict';
import fc from 'fast-check';
import { splitStatements } from '../../../src/sql/split.js';

function texts(text: string): string[] {
  return splitStatements(text).map((statement) => statement.text);
}

function comments(text: string): string[][] {
  return splitStatements(text).map((statement) =>
    statement.comments.map(({ start, end }) => text.slice(start, end)),
  );
}

const statement = fc
  .array(
    fc.constantFrom(
      'SELECT',
      '1',
      "';'",
      "'it''s;'",
      '";"',
      '"a"";"',
      '$$;$$',
      "$t$;'$t$",
      '/* ; /* ; */ */',
      "-- ;'\n",
      "E'\\';'",
      'a.b',
      '(',
      ')',
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((pieces) => `x ${pieces.join(' ')} y`);
const gap = fc.constantFrom('', ' ', '\n\n', '-- remark;\n', '/* ; */', ' \t\r\n');

describe('splitStatements', () => {
  it('leaves semicolons alone that are quoted', () => {
    assert.deepEqual(texts('a \';\'; b ";"; c $$;$$; d -- ;\n; e /* ; /* */ ; */ f'), [
      "a ';'",
      'b ";"',
      'c $$;$$',
      'd',
      'e /* ; /* */ ; */ f',
    ]);
  });

  it('gives nothing for comments and semicolons alone', () => {
    assert.deepEqual(texts('-- a\n/* b */ ;; \n'), []);
  });

  it('gives each statement the comments above it', () => {
    const text = '-- one\n/* two */\n\n-- three\nSELECT 1 -- inside\n; -- behind\n-- four\nSELECT 2 -- after';
    assert.deepEqual(comments(text), [['-- one', '/* two */', '-- three'], ['-- four']]);
  });

  it('keeps an unterminated string in its statement', () => {
    assert.deepEqual(texts("a; b 'c; d"), ['a', "b 'c; d"]);
  });

  it('finds the statements that were joined', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(gap, statement, gap)), (parts) => {
        const text = parts.map(([before, body, after]) => `${before}${body}${after}`).join(';');
        assert.deepEqual(
          texts(text),
          parts.map(([, body]) => body),
        );
      }),
    );
  });

  it('gives spans between which only gaps are left', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("'", '"', '$', '-', '/', '*', ';', ' ', '\n', 'a') }),
        (text) => {
          let rest = text;
          for (const { span, text: body } of splitStatements(text).toReversed()) {
            assert.equal(text.slice(span.start, span.end), body);
            rest = rest.slice(0, span.start) + rest.slice(span.end);
          }
          assert.deepEqual(texts(rest), []);
        },
      ),
    );
  });
});
