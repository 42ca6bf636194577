import assert from 'node:assert/strict';
import type { ParseOutcome } from '../../../../src/sql/parser.js';
import { useEngine } from './harness.js';

describe('the parser', () => {
  const harness = useEngine();

  async function failure(text: string) {
    const [outcome] = await harness.engine.parser.parse([text]);
    assert.ok(outcome && !outcome.ok, text);
    return outcome;
  }

  it('gives the trees of many texts in order', async () => {
    const texts = Array.from({ length: 3000 }, (_, index) => `FROM t${index}`);
    const outcomes = await harness.engine.parser.parse(texts);
    assert.deepEqual(
      outcomes.map(tableOf),
      texts.map((text) => text.slice(5)),
    );
  });

  it('gives no outcome for no text', async () => {
    assert.deepEqual(await harness.engine.parser.parse([]), []);
  });

  it('needs no table to exist and reads a version', async () => {
    const [outcome] = await harness.engine.parser.parse(['FROM silver.t AT (VERSION => 12);']);
    assert.equal(tableOf(outcome!), 't');
  });

  const syntax: Readonly<Record<string, string>> = {
    'a wrong word': '‸selekt 1',
    'a word after an umlaut': "SELECT 'ü🙂', 1 FROM ‸FROM t",
    'an end that comes too soon': "SELECT 'ü', 1 WHERE‸",
    'an open string': "SELECT 'ü', ‸'abc",
    'a NUL character': "SELECT 'ü‸\0'",
  };

  for (const [what, text] of Object.entries(syntax)) {
    it(`places ${what}`, async () => {
      const { reason, offset } = await failure(text.replace('‸', ''));
      assert.deepEqual([reason, offset], ['syntax', text.indexOf('‸')]);
    });
  }

  for (const text of ['', '-- nothing', 'SELECT 1; SELECT 2']) {
    it(`refuses ${JSON.stringify(text)} as a statement`, async () => {
      assert.equal((await failure(text)).reason, 'syntax');
    });
  }

  it('tells what a PIVOT without IN needs', async () => {
    const { reason, message, offset } = await failure('FROM (PIVOT t ON a USING sum(b))');
    assert.deepEqual([reason, offset], ['unserialisable', 6]);
    assert.match(message, /IN \(…\)/);
  });

  it('tells that it describes a SELECT only', async () => {
    const { reason, message } = await failure('CREATE TABLE t AS SELECT 1');
    assert.deepEqual([reason, message], ['unserialisable', 'Only a SELECT can be described']);
  });

  it('is not held up by a bad text beside a good one', async () => {
    const outcomes = await harness.engine.parser.parse(['SELECT 1', 'selekt', 'SELECT 2']);
    assert.deepEqual(
      outcomes.map(({ ok }) => ok),
      [true, false, true],
    );
  });
});

function tableOf(outcome: ParseOutcome): unknown {
  assert.ok(outcome.ok);
  const { statements } = outcome.tree as unknown as {
    statements: [{ node: { from_table: { table_name: string } } }];
  };
  return statements[0].node.from_table.table_name;
}
