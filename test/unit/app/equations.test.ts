import assert from 'node:assert/strict';
import { openProject } from '../../../src/app/openProject.js';
import type { Engine, ParquetWritten } from '../../../src/engine/engine.js';
import { openLake } from '../../../src/lake/lake.js';
import { silentLogger } from '../../../src/protocol/logger.js';
import { describeEquation } from '../../../src/protocol/wording.js';
import { errors, projectForEach, run, runOnce } from './runs.js';

const retention = { versions: 5 };
const file = 'id,amount\n1,5\n1,6\n2,0\n3,7\n4,-1\n';
const bronze = "CREATE TABLE bronze.sales AS SELECT * FROM landing('sales.csv');";
const check = '-- @check: amount <> 0 | drop\n';

describe('the equation of a run', () => {
  const project = projectForEach((temporary) => temporary.write('data/landing/sales.csv', file));
  const first = 'QUALIFY row_number() OVER (PARTITION BY id ORDER BY _row) = 1';

  const models: Readonly<Record<string, string>> = {
    'SELECT id FROM bronze.sales': '5 in = 5 out',
    'SELECT * FROM bronze.sales WHERE amount < 7': '5 in = 4 out + 1 filtered',
    'SELECT DISTINCT id FROM bronze.sales': '5 in = 4 out + 1 deduplicated',
    [`WITH kept AS (FROM bronze.sales ${first}) SELECT *, amount * 2 AS twice FROM kept`]:
      '5 in = 4 out + 1 deduplicated',
    [`SELECT id FROM bronze.sales WHERE amount < 7 ${first}`]: '5 in = 3 out + 1 filtered + 1 deduplicated',
    'SELECT id, sum(amount) AS amount FROM bronze.sales GROUP BY id': '4 out (a group is one row of many)',
    'SELECT s.id FROM bronze.sales AS s JOIN bronze.sales AS t USING (id)': '7 out (joins can multiply rows)',
  };
  for (const [select, expected] of Object.entries(models)) {
    it(`${expected}: ${select}`, async () => {
      project().notebook('a', bronze, `CREATE TABLE silver.t AS ${select};`);
      const outcome = (await runOnce(project())).models[1];
      assert(outcome?.equation, outcome?.reason);
      assert.equal(describeEquation(outcome.equation), expected);
    });
  }

  const droppers: Readonly<Record<string, string>> = {
    'SELECT * FROM bronze.sales': '5 in = 4 out + 1 quarantined',
    'SELECT * FROM bronze.sales WHERE amount < 7': '5 in = 3 out + 1 quarantined + 1 filtered',
    'SELECT DISTINCT id, amount FROM bronze.sales ORDER BY id': '5 in = 4 out + 1 quarantined',
    [`FROM bronze.sales ${first}`]: '5 in = 3 out + 1 quarantined + 1 deduplicated',
  };
  for (const [select, expected] of Object.entries(droppers)) {
    it(`${expected}: ${select}`, async () => {
      project().notebook('a', bronze, `${check}CREATE TABLE silver.t AS ${select};`);
      const outcome = (await runOnce(project())).models[1];
      assert(outcome?.equation, outcome?.reason);
      assert.equal(describeEquation(outcome.equation), expected);
    });
  }

  it('is kept with the version', async () => {
    project().notebook('a', bronze);
    await runOnce(project());
    const lake = openLake({ root: project().root, environment: 'prod', logger: silentLogger, retention });
    const { version } = (await lake.manifest()).tables['bronze.sales'] ?? assert.fail();
    assert.deepEqual(version.equation, { in: 5, out: 5, quarantined: 0, holds: true });
  });
});

/** An engine that loses one row of everything it writes, and says so of what it wrote. */
function losing(engine: Engine): Engine {
  return {
    ...bound(engine),
    openSession: async () => {
      const session = await engine.openSession();
      return {
        ...bound(session),
        writeParquet: async (request, options): Promise<ParquetWritten> => {
          const written = await session.writeParquet(request, options);
          const { path, rows } = written.kept;
          const fewer = `COPY (FROM read_parquet('${path}') LIMIT ${rows - 1}) TO '${path}' (FORMAT parquet)`;
          await session.execute(fewer);
          return { ...written, kept: { ...written.kept, rows: rows - 1 } };
        },
      };
    },
  };
}

/** The methods of an object, to be called without it. */
function bound<T extends object>(object: T): T {
  return new Proxy(object, {
    ownKeys: (target) => [
      ...Reflect.ownKeys(target),
      ...Reflect.ownKeys(Object.getPrototypeOf(target) as object).filter((key) => key !== 'constructor'),
    ],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

describe('an equation that does not hold', () => {
  const project = projectForEach((temporary) => temporary.write('data/landing/sales.csv', file));

  const broken: Readonly<Record<string, string>> = {
    "SELECT * FROM landing('sales.csv')": '5 in ≠ 4 out',
    "SELECT * FROM landing('sales.csv') WHERE amount < 7": '5 in ≠ 3 out + 1 filtered',
    "SELECT DISTINCT id FROM landing('sales.csv')": '5 in ≠ 3 out + 1 deduplicated',
  };
  for (const [select, expected] of Object.entries(broken)) {
    it(`fails the run and publishes nothing: ${select}`, async () => {
      project().notebook('a', `CREATE TABLE bronze.sales AS ${select};`);
      const opened = await openProject({ directory: project().root }, { engine: losing });
      try {
        const record = await run(opened);
        assert.deepEqual(errors(record), [
          `model.unreconciled The rows of bronze.sales don't add up: ${expected}.`,
        ]);
        assert.equal((await opened.status()).tables[0]?.version, undefined);
      } finally {
        await opened.close();
      }
    });
  }
});
