import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import { type DropRules, EngineError, type ParquetWrite } from '../../../../src/engine/engine.js';
import { ProblemError } from '../../../../src/protocol/problem.js';
import { useEngine } from './harness.js';

describe('writing Parquet', () => {
  const harness = useEngine();
  const many = process.env.RATATOUILLE_DEEP === '1' ? 3_000_000 : 300_000;

  function write(select: string, dropWhen?: string, more: Partial<DropRules> = {}) {
    const directory = harness.directory();
    const rules = [{ when: dropWhen ?? '', text: 'it is wrong' }];
    const drop = { rules, volatile: false, ...more };
    const request: ParquetWrite = { select, directory, ...(dropWhen !== undefined && { drop }) };
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

    it('reads what is there when a file is made anew within a second', async () => {
      const directory = harness.directory();
      const sums: unknown[] = [];
      for (const select of ['SELECT 7 AS a FROM range(100)', 'SELECT 8 AS a FROM range(200)']) {
        const { kept } = await harness.session.writeParquet({ select, directory });
        sums.push(...(await read(kept.path, 'SELECT count(*), max(a)')));
        rmSync(kept.path);
      }
      assert.deepEqual(sums, [
        [100, 7],
        [200, 8],
      ]);
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

    const partings: Readonly<Record<string, (select: string) => readonly [string, Partial<DropRules>]>> = {
      partitions: (select) => [select, {}],
      'a sorted file': (select) => [`${select} ORDER BY ALL`, {}],
      'a file': (select) => [select, { volatile: true }],
      'a second run': (select) => [select, { again: select }],
      'a second run, sorted': (select) => [`${select} ORDER BY ALL`, { again: `${select} ORDER BY ALL` }],
    };
    const broken = [
      { when: 'i > 1', text: "big 'un" },
      { when: 's IS NULL -- or not', text: 'not_null(s)' },
      { when: 'i > 2', text: 'i <= 2' },
    ];
    for (const [way, parting] of Object.entries(partings)) {
      describe(`by ${way}`, () => {
        async function parted(select: string, rules = broken) {
          const [text, more] = parting(select);
          return write(text, '', { rules, ...more });
        }

        it('tells the rules that each row broke, in order', async () => {
          const { kept, dropped } = await parted(
            "FROM (VALUES (0, 'a'), (1, NULL), (2, NULL), (3, 'b')) v(i, s)",
          );
          assert.deepEqual(await read(kept.path, 'SELECT i, s'), [[0, 'a']]);
          assert.equal(dropped!.failed, '_failed');
          assert.deepEqual(await read(dropped!.path, 'SELECT i, _failed'), [
            [1, ['not_null(s)']],
            [2, ["big 'un", 'not_null(s)']],
            [3, ["big 'un", 'i <= 2']],
          ]);
        });

        it('leaves columns of the same names alone', async () => {
          const select = 'SELECT i, 1 AS "_FAILED", 2 AS __failed, 3 AS _drop, NULL AS s FROM range(2) t(i)';
          const { columns, dropped } = await parted(select);
          assert.equal(columns.length, 5);
          assert.equal(dropped!.failed, '___failed');
          assert.deepEqual(await read(dropped!.path, 'SELECT _failed, ___failed'), [
            [1, ['not_null(s)']],
            [1, ['not_null(s)']],
          ]);
        });

        it('judges each value as the query gives it', async () => {
          const rules = [
            { when: 'h * 1000000000000 > 5000000000000', text: 'h' },
            { when: "v > INTERVAL '40 days'", text: 'v' },
            { when: "e = 'y'::ENUM ('x', 'y') OR len(e::VARCHAR) > 1", text: 'e' },
          ];
          const select =
            "SELECT i::HUGEINT * 9000000 AS h, to_months(i::INT) AS v, 'x'::ENUM ('x', 'y') AS e FROM range(3) t(i)";
          const { dropped } = await parted(select, rules);
          const rows = await read(dropped!.path, 'SELECT v, _failed');
          assert.deepEqual([...rows].sort(), [
            ['1 month', ['h']],
            ['2 months', ['h', 'v']],
          ]);
        });

        it('judges a union by its members', async () => {
          const { kept, dropped } = await parted('SELECT union_value(num := i) AS u, i FROM range(3) t(i)', [
            { when: 'u.num > 1', text: 'u' },
          ]);
          assert.deepEqual([kept.rows, dropped!.rows], [2, 1]);
        });
      });
    }

    it('asks a volatile rule once for a row', async () => {
      const { dropped } = await write('SELECT i FROM range(3000) t(i)', '', {
        rules: ['a', 'b'].map((text) => ({ when: 'random() < 0.3', text })),
        volatile: true,
      });
      assert.deepEqual(await read(dropped!.path, 'SELECT count(*) FILTER (len(_failed) = 0)'), [[0]]);
      const [[both]] = (await read(dropped!.path, 'SELECT count(*) FILTER (len(_failed) = 2)')) as [[number]];
      assert.ok(both > 0 && both < dropped!.rows, String(both));
    });

    it('gives dropped rows the columns of their second run alone', async () => {
      const { kept, dropped } = await write('SELECT i FROM range(3) t(i)', 'i > 1', {
        again: "SELECT i, 'a.csv' AS _file, i::HUGEINT AS _row FROM range(3) t(i);",
      });
      assert.deepEqual(await read(kept.path, 'SELECT * EXCLUDE (file_row_number)'), [[0], [1]]);
      assert.deepEqual(await read(dropped!.path, 'SELECT * EXCLUDE (file_row_number)'), [
        [2, 'a.csv', 2, ['it is wrong']],
      ]);
    });
  });

  describe('counting rows', () => {
    const table = 'FROM (VALUES (1, 1), (1, 2), (2, 1), (3, 1)) AS v(a, b)';
    const counts: Readonly<Record<string, unknown>> = {
      [`SELECT a ${table}`]: { given: 4, deduplicated: 0 },
      [`SELECT a ${table} WHERE b = 1 ORDER BY a`]: { given: 3, deduplicated: 0 },
      [`SELECT DISTINCT a ${table}`]: { given: 3, deduplicated: 1 },
      [`SELECT DISTINCT ON (b) a ${table} WHERE a < 3 ORDER BY a`]: { given: 2, deduplicated: 1 },
      [`${table} QUALIFY row_number() OVER (PARTITION BY a ORDER BY b) = 1`]: { given: 3, deduplicated: 1 },
      [`WITH x AS (${table} QUALIFY rank() OVER (ORDER BY a) = 1) SELECT a + 1 FROM x`]: {
        given: 2,
        deduplicated: 2,
      },
      [`SELECT a ${table} JOIN range(2) ON true`]: { given: 8 },
      [`SELECT a ${table} WHERE false`]: { given: 0 },
    };
    for (const [select, expected] of Object.entries(counts)) {
      it(select.replace(table, 'FROM v'), async () => {
        const directory = harness.directory();
        const { counts: found } = await harness.session.writeParquet({ select, directory, count: true });
        assert.deepEqual(found, expected);
        assert.deepEqual(readdirSync(directory), ['data.parquet']);
      });
    }

    it('counts what a rule drops as given', async () => {
      const rules = [{ when: 'a = 1', text: 'a' }];
      const select = `SELECT DISTINCT a ${table}`;
      for (const drop of [
        { rules, volatile: false },
        { rules, volatile: true },
      ]) {
        const written = await harness.session.writeParquet({
          select,
          directory: harness.directory(),
          drop,
          count: true,
        });
        assert.deepEqual([written.kept.rows, written.counts], [2, { given: 3, deduplicated: 1 }]);
      }
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
