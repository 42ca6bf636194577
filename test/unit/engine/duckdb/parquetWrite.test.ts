import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { EngineError } from '../../../../src/engine/engine.js';
import { ProblemError } from '../../../../src/protocol/problem.js';
import { useEngine } from './harness.js';

describe('writing Parquet', () => {
  const harness = useEngine();
  const many = process.env.RATATOUILLE_DEEP === '1' ? 3_000_000 : 300_000;

  function write(select: string, dropWhen?: string) {
    const directory = harness.directory();
    const request = dropWhen === undefined ? { select, directory } : { select, directory, dropWhen };
    return harness.session.writeParquet(request).then((written) => ({ ...written, directory }));
  }

  async function read(path: string, query = 'SELECT *'): Promise<readonly (readonly unknown[])[]> {
    return (await harness.session.rows(`${query} FROM read_parquet('${path}', file_row_number = true)`)).rows;
  }

  /** How many rows of a file stand after one with a greater value of `y`. */
  async function misplaced(path: string): Promise<unknown> {
    const query = 'SELECT y < lag(y) OVER (ORDER BY file_row_number) AS wrong';
    const { rows } = await harness.session.rows(
      `SELECT count(*) FILTER (wrong) FROM (${query} FROM read_parquet('${path}', file_row_number = true))`,
    );
    return rows[0]![0];
  }

  const shuffled = `SELECT i, (i * 7919) % 1000003 AS y FROM range(${many}) t(i)`;

  describe('writing all rows', () => {
    it('leaves one file with its rows and bytes', async () => {
      const { kept, dropped, directory } = await write('SELECT 1 AS a;');
      assert.deepEqual(readdirSync(directory), ['data.parquet']);
      assert.deepEqual([kept.rows, dropped], [1, undefined]);
      assert.ok(kept.bytes > 0);
    });

    it('keeps the order of an ORDER BY', async () => {
      const { kept } = await write(`${shuffled} ORDER BY y`);
      assert.deepEqual([kept.rows, await misplaced(kept.path)], [many, 0]);
    });

    it('keeps names with odd characters', async () => {
      const { columns } = await write(`SELECT 1 AS "a ""b"", 'c'", 2 AS "select", 3 AS "ü.", 4 AS "c0"`);
      assert.deepEqual(
        columns.map(({ name }) => name),
        ['a "b", \'c\'', 'select', 'ü.', 'c0'],
      );
    });

    it('takes a select that ends in a comment', async () => {
      const { kept } = await write('SELECT 1 AS a -- the end');
      assert.equal(kept.rows, 1);
    });
  });

  describe('dropping rows', () => {
    it('splits many rows into one file each', async () => {
      const { kept, dropped, directory } = await write(shuffled, 'y % 3 = 0');
      assert.deepEqual(readdirSync(directory).sort(), ['data.parquet', 'dropped.parquet']);
      assert.equal(kept.rows + dropped!.rows, many);
      assert.deepEqual(await read(kept.path, 'SELECT count(*) FILTER (y % 3 = 0)'), [[0]]);
      assert.deepEqual(await read(dropped!.path, 'SELECT count(*) FILTER (y % 3 <> 0)'), [[0]]);
    });

    it('keeps the order of both parts', async () => {
      const { kept, dropped, directory } = await write(`${shuffled} ORDER BY y`, 'i % 3 = 0');
      assert.deepEqual(readdirSync(directory).sort(), ['data.parquet', 'dropped.parquet']);
      assert.deepEqual([await misplaced(kept.path), await misplaced(dropped!.path)], [0, 0]);
      assert.equal(kept.rows + dropped!.rows, many);
    });

    for (const order of ['', ' ORDER BY i']) {
      it(`keeps a row whose rule is NULL${order}`, async () => {
        const { kept, dropped } = await write(
          `SELECT * FROM (VALUES (1), (NULL), (3)) t(i)${order}`,
          'i > 2 -- big',
        );
        assert.deepEqual([kept.rows, dropped!.rows], [2, 1]);
      });

      it(`leaves a file with the columns when all go${order}`, async () => {
        const { kept, dropped } = await write(`SELECT i::HUGEINT AS h, i FROM range(3) t(i)${order}`, 'true');
        const [footer] = await harness.engine.readFooters([kept.path]);
        assert.deepEqual([kept.rows, dropped!.rows, footer!.rows], [0, 3, 0]);
        assert.deepEqual(
          footer!.columns.map(({ name, type }) => [name, type]),
          [
            ['h', 'BIGINT'],
            ['i', 'BIGINT'],
          ],
        );
      });

      it(`leaves no file of dropped rows when none go${order}`, async () => {
        const { dropped, directory } = await write(`SELECT i FROM range(3) t(i)${order}`, 'i > 5');
        assert.deepEqual([dropped, readdirSync(directory)], [undefined, ['data.parquet']]);
      });

      it(`leaves a column named like its flag alone${order}`, async () => {
        const { kept } = await write(
          `SELECT i, i AS _DROP, i AS __drop FROM range(3) t(i)${order}`,
          '_drop = 1',
        );
        assert.deepEqual(await read(kept.path, 'SELECT * EXCLUDE (file_row_number)'), [
          [0, 0, 0],
          [2, 2, 2],
        ]);
      });
    }

    it('judges values before they are stored otherwise', async () => {
      const { dropped } = await write(
        'SELECT INTERVAL 1 MONTH AS i UNION ALL SELECT INTERVAL 3 DAY',
        'i > INTERVAL 29 DAY',
      );
      assert.deepEqual(await read(dropped!.path, 'SELECT i'), [['1 month']]);
    });
  });

  describe('a write that fails', () => {
    async function failure(select: string, dropWhen?: string): Promise<unknown> {
      return write(select, dropWhen).then(
        () => undefined,
        (error: unknown) => error,
      );
    }

    async function storage(select: string) {
      const error = await failure(select);
      assert.ok(error instanceof ProblemError, String(error));
      assert.equal(error.problem.code, 'model.storage');
      return error.problem;
    }

    const big = '170141183460469231731687303715884105727';

    it('names the column and the value out of range', async () => {
      const { message, hint } = await storage(
        `SELECT i::HUGEINT AS fine, i * ${big} AS "to tal" FROM range(2) t(i)`,
      );
      assert.equal(message, `Column "to tal" has the value ${big} that BIGINT can't hold`);
      assert.match(hint!, /CAST\("to tal" AS DECIMAL\(38,0\)\)/);
    });

    it('names the column with the value inside', async () => {
      const { message, hint } = await storage(
        `SELECT [1::HUGEINT] AS fine, [i * ${big}] AS l FROM range(2) t(i)`,
      );
      assert.match(message, /^Column "l" has a value inside/);
      assert.match(hint!, /CAST\("l" AS DECIMAL\(38,0\)\[\]\)/);
    });

    it('names the name that stands twice', async () => {
      const { message } = await storage('SELECT 1 AS total, 2 AS "Total"');
      assert.equal(message, 'Two columns are named "Total"');
    });

    it('places an error of the select in the select', async () => {
      const bound = await failure("SELECT 'ü🙂', nope");
      const run = await failure("SELECT 'ü🙂', CAST('x' || i AS DATE) AS d FROM range(2) t(i)");
      assert.ok(bound instanceof EngineError && run instanceof EngineError);
      assert.deepEqual([bound.details.offset, run.details.offset], [14, 14]);
    });

    it('places no error of the rule in the select', async () => {
      const error = await failure('SELECT 1 AS a', 'nope > 1');
      assert.ok(error instanceof EngineError);
      assert.deepEqual([error.details.missing, error.details.offset], ['nope', undefined]);
    });

    it('does not take a failing cast of the select for an overflow', async () => {
      const error = await failure("SELECT 1::HUGEINT AS h, CAST('x' || i AS DATE) AS d FROM range(2) t(i)");
      assert.ok(error instanceof EngineError);
      assert.equal(error.details.type, 'Conversion');
    });
  });
});
