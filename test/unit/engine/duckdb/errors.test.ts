import assert from 'node:assert/strict';
import { toEngineError } from '../../../../src/engine/duckdb/errors.js';
import { verbatim } from '../../../../src/engine/duckdb/submission.js';
import { EngineError } from '../../../../src/engine/engine.js';
import { useEngine } from './harness.js';

describe('an error of the engine', () => {
  const harness = useEngine();

  async function failure(run: Promise<unknown>): Promise<EngineError> {
    const error = await run.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof EngineError, String(error));
    return error;
  }

  /** The place that is marked by ‸, asked of every way to run the text. */
  const marked: Readonly<Record<string, string>> = {
    column: 'SELECT ‸nope',
    'column after an umlaut': "SELECT 'ü', ‸nope",
    'column after an emoji': "SELECT '👩‍🍳🙂', ‸nope",
    'column after lines and a comment': "-- ∑ é\r\nSELECT\n  'ü',\n  ‸nope -- ü",
    table: "SELECT 'ü' FROM ‸nope",
    function: "SELECT 'ü', ‸nope(1)",
    type: "SELECT 'ü', 1::‸nope",
    syntax: "SELECT 'ü' FROM ‸FROM t",
    'syntax after an emoji': "SELECT '🙂' FROM ‸FROM t",
    conversion: "SELECT 'ü', ‸CAST('x' || i AS DATE) FROM range(2) t(i)",
    'subquery in a CTE': "WITH a AS (SELECT 'ü', ‸nope) FROM a",
  };

  for (const [name, text] of Object.entries(marked)) {
    it(`is placed at its ${name}`, async () => {
      const offset = text.indexOf('‸');
      const sql = text.replace('‸', '');
      const { session } = harness;
      for (const run of [session.execute(sql), session.rows(sql), session.firstRows(sql, 1)]) {
        assert.equal((await failure(run)).details.offset, offset);
      }
    });
  }

  it('is placed in a setting that was kept to the session', async () => {
    const { details } = await failure(harness.session.execute("/* ü */ SET TimeZone 'UTC'"));
    assert.equal(details.offset, 21);
  });

  it('inside a view or a macro has no place in the query', async () => {
    const { session } = harness;
    await session.defineView(
      'gold',
      'v',
      `SELECT ${' '.repeat(40)} CAST('x' || i AS DATE) FROM range(2) t(i)`,
    );
    await session.execute(`CREATE MACRO to_day(x) AS ${' '.repeat(40)} 'on ' || x::DATE`);
    for (const source of ['gold.v', "(SELECT to_day('x' || i) FROM range(2) t(i))"]) {
      const { details } = await failure(session.rows(`FROM ${source} -- ${'-'.repeat(200)}`));
      assert.deepEqual([details.type, details.offset], ['Conversion', undefined]);
    }
  });

  it('tells of too little memory in one line', () => {
    const report = {
      exception_type: 'Out of Memory',
      exception_message:
        "failed to pin block of size 256.0 KiB (95.2 MiB/95.3 MiB used)\n\nPossible solutions:\n* Reducing the number of threads (SET threads=X)\n* Increasing the memory limit (SET memory_limit='...GB')\n\nSee also https://duckdb.org/docs/stable/guides/performance/how_to_tune_workloads",
    };
    const error = toEngineError(new Error(JSON.stringify(report)), verbatim('SELECT 1'));
    assert.equal(
      error.message,
      'The memory does not suffice: failed to pin block of size 256.0 KiB (95.2 MiB/95.3 MiB used)',
    );
  });

  it('names what is missing and what may be meant', async () => {
    await harness.session.execute('CREATE TABLE customers AS SELECT 1 AS customer_id');
    const { message, details } = await failure(harness.session.describe('SELECT custmer_id FROM customers'));
    assert.equal(message, 'Referenced column "custmer_id" not found in FROM clause!');
    assert.deepEqual(details, {
      type: 'Binder',
      offset: 7,
      missing: 'custmer_id',
      candidates: ['customer_id'],
    });
  });

  it('proposes nothing of other sessions or of the system', async () => {
    const other = await harness.engine.openSession();
    await other.execute('CREATE MACRO my_helper(x) AS x');
    const helper = await failure(harness.session.rows('SELECT my_helper(1)'));
    const table = await failure(harness.session.rows('FROM pg_'));
    assert.doesNotMatch(helper.message, /session_|Did you mean/);
    assert.deepEqual([helper.details.candidates, table.details.candidates], [undefined, undefined]);
    await other.close();
  });

  it('says what a function takes', async () => {
    const { message, details } = await failure(harness.session.rows('SELECT upper(1, 2)'));
    assert.match(message, /^No function matches/);
    assert.doesNotMatch(message, /\n|Candidate/);
    assert.deepEqual(details.candidates, ['upper(VARCHAR) -> VARCHAR']);
  });

  it('keeps a text of the person that looks like a report', async () => {
    const { message } = await failure(harness.session.rows(`SELECT error('no {"a": 1}')`));
    assert.equal(message, 'no {"a": 1}');
  });

  it('is told for an empty text, a parameter and a NUL character', async () => {
    const messages: string[] = [];
    for (const sql of ['', ' -- nothing', 'SELECT $day', 'SELECT 1\0, 2']) {
      messages.push((await failure(harness.session.rows(sql))).message);
    }
    assert.match(messages.join('|'), /no statement.*\|.*no statement.*\|.*\$day\|.*NUL character/);
  });

  it('that is internal keeps its text', () => {
    const text = 'INTERNAL Error: Attempted to access index 3 {within} vector';
    const error = toEngineError(new Error(text), verbatim('SELECT 1'));
    assert.ok(error instanceof EngineError);
    assert.deepEqual([error.message, error.details], [text, { type: 'INTERNAL' }]);
  });
});
