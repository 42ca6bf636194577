import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Json } from '../../../src/protocol/json.js';
import { problem } from '../../../src/protocol/problem.js';
import { cellText } from '../../../src/ui/notebook/cellText.js';
import { helpFor } from '../../../src/ui/notebook/problemActions.js';
import { payloadSource } from '../../../src/ui/resultSource.js';

describe('cell text', () => {
  const texts: readonly (readonly [Json, string])[] = [
    [null, 'NULL'],
    ['', ''],
    ['a\r\nb\n\tc', 'a↵b↵⇥c'],
    [{ a: [1, null] }, '{"a":[1,null]}'],
    [true, 'true'],
  ];
  for (const [value, expected] of texts) {
    it(`is one line: ${JSON.stringify(value)}`, () => {
      assert.equal(cellText(value), expected);
    });
  }

  it('is never longer than its limit, nor half a character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 30 }),
        fc.integer({ min: 2, max: 20 }),
        (text, limit) => {
          const cut = cellText(text, limit);
          assert(cut.length <= limit);
          assert.doesNotMatch(cut, /[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
          assert.equal(cut.endsWith('…'), text.length > limit || text.endsWith('…'));
        },
      ),
    );
  });
});

describe('help for a problem', () => {
  it('is offered where it is known', () => {
    assert.equal(helpFor(problem('workspace.untrusted', '')), 'trust');
    assert.equal(helpFor(problem('run.stale-upstream', '')), 'with upstream');
    const fix = { kind: 'build', model: 'bronze.a' } as const;
    assert.equal(helpFor(problem('graph.never-built', '', { fix })), 'with upstream');
    const drift = { kind: 'accept drift', pattern: 't/*' } as const;
    assert.equal(helpFor(problem('landing.drift', '', { fix: drift })), 'accept drift');
    assert.equal(helpFor(problem('sql.failed', '')), undefined);
  });
});

describe('payload source', () => {
  it('gives the rows at hand', () => {
    const source = payloadSource({ columns: [], rows: [[1], [2], [3]], total: 9 });
    assert.deepEqual([source.total, source.rows(1, 9)], [9, [[2], [3]]]);
  });
});
