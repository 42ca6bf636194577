import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseContract, printContract } from '../../../src/ingest/contract.js';
import { readNotebook, writeNotebook } from '../../../src/notebook/bytes.js';
import { cellStatements } from '../../../src/notebook/statements.js';
import { generateSampleData } from '../../../src/scaffold/sampleData/generate.js';
import type { Truth } from '../../../src/scaffold/sampleData/truth.js';
import { type PlainRun, runPlainly } from './plainRun.js';
import { inTemporaryFolder } from './temporaryFolder.js';

const packageDirectory = fileURLToPath(new URL('../../../..', import.meta.url));
const template = join(packageDirectory, 'templates/pos-sales');
const notebook = join(template, 'notebooks/01_getting_started.ratnb');
const contracts = readdirSync(join(template, 'contracts')).map((name) =>
  parseContract(readFileSync(join(template, 'contracts', name), 'utf8'), name),
);
const committed = join(packageDirectory, 'sample-data');

describe('the notebook for own data', () => {
  const bytes = readFileSync(join(template, 'notebooks/02_your_data.ratnb'));

  it('waits for its first cell', () => {
    const { notebook: parsed, problems } = readNotebook(bytes);
    assert.deepEqual(problems, []);
    assert.deepEqual(Buffer.from(writeNotebook(parsed ?? assert.fail())).toString(), bytes.toString());
    assert.deepEqual(
      parsed?.cells.map(({ kind }) => kind),
      ['markdown'],
    );
  });

  it('offers SQL that makes models', () => {
    const blocks = [...bytes.toString().matchAll(/^-- ```sql\n([\s\S]*?)^-- ```$/gm)].map(([, block = '']) =>
      block.replaceAll(/^-- ?/gm, ''),
    );
    const statements = blocks.flatMap((block) => cellStatements(block).statements);
    assert.deepEqual(
      statements.map(({ kind }) => kind.kind),
      ['model', 'model', 'query'],
    );
    assert.deepEqual(
      blocks.flatMap((block) => cellStatements(block).problems),
      [],
    );
  });
});

describe('the guided notebook', () => {
  it('ends with a chart, and with the way to your own file', () => {
    const cells = readNotebook(readFileSync(notebook)).notebook?.cells ?? [];
    assert(cells.filter(({ kind }) => kind === 'code').at(-1)?.metadata.chart !== undefined);
    assert.match(cells.at(-1)?.text ?? '', /02_your_data\.ratnb/);
  });

  it('is written as the editor would write it', () => {
    const bytes = readFileSync(notebook);
    const { notebook: parsed, problems } = readNotebook(bytes);
    assert.deepEqual(problems, []);
    assert.deepEqual(Buffer.from(writeNotebook(parsed ?? assert.fail())).toString(), bytes.toString());
  });

  it('has no statement or declaration with a fault', () => {
    const cells = codeCells().flatMap((text) => cellStatements(text));
    assert.deepEqual(
      cells.flatMap(({ problems }) => problems),
      [],
    );
    assert(cells.every(({ statements }) => statements.length === 1));
    assert.equal(cells.flatMap(({ statements }) => statements[0]?.declarations.checks ?? []).length, 19);
  });

  it('builds its models from bronze to gold', () => {
    const kinds = codeCells().flatMap((text) => cellStatements(text).statements.map(({ kind }) => kind));
    const models = kinds.flatMap((kind) =>
      kind.kind === 'model' ? [`${kind.target.layer}.${kind.target.name}`] : [],
    );
    assert.deepEqual(models, [
      ...['bronze.sales', 'bronze.stores', 'bronze.products'],
      ...['silver.stores', 'silver.products', 'silver.sales'],
      ...['gold.daily_sales', 'gold.product_ranking', 'gold.store_returns'],
    ]);
  });

  it('has a contract for each landing pattern', () => {
    const patterns = new Set(codeCells().flatMap((text) => /landing\('([^']+)'\)/.exec(text)?.[1] ?? []));
    assert.deepEqual(contracts.map(({ files }) => files).sort(), [...patterns].sort());
    for (const { files, columns } of contracts) {
      const file = files.replace('*', 'pos_sales_2026-01-01');
      const [header] = readFileSync(join(committed, file), 'utf8').split('\n');
      assert.equal(columns.map(({ name }) => name).join(), header);
    }
  });

  it('has contracts as landing() writes them', () => {
    for (const name of readdirSync(join(template, 'contracts'))) {
      const text = readFileSync(join(template, 'contracts', name), 'utf8');
      assert.equal(printContract(parseContract(text, name)), text);
    }
  });
});

function codeCells(): readonly string[] {
  const { notebook: parsed } = readNotebook(readFileSync(notebook));
  return parsed?.cells.filter(({ kind }) => kind === 'code').map(({ text }) => text) ?? [];
}

/** The guided notebook must find what the truth says, over the committed files and over larger ones. */
function findsTheTruth(over: string, start: () => Promise<{ run: PlainRun; truth: Truth }>): void {
  describe(`the guided notebook over ${over}`, () => {
    let run: PlainRun;
    let truth: Truth;

    before(async () => {
      ({ run, truth } = await start());
    });

    const answerTo = (word: string) => run.answers.find(({ sql }) => sql.includes(word))?.rows ?? [];

    it('shows what was dropped, with its file and line', () => {
      const { missingProduct, zeroQuantity, hugeQuantity } = truth.sales.dirt;
      const dropped = answerTo('quarantine(') as Record<string, string>[];
      assert.equal(dropped.length, missingProduct + zeroQuantity + hugeQuantity);
      assert(dropped.every(({ _file, _row }) => _file !== '' && Number(_row) > 0));
    });

    it('ends with the answer: what was taken each day', () => {
      const taken = run.answers.at(-1)?.rows as Record<string, string>[];
      assert.deepEqual(
        Object.fromEntries(taken.map(({ day = '', revenue }) => [day, revenue])),
        Object.fromEntries(
          Object.entries(truth.sales.revenueCentsByDay).map(([day, cents]) => [day, money(cents)]),
        ),
      );
    });

    it('counts what is wrong in bronze', () => {
      const { dirt, rows } = truth.sales;
      const [looked] = answerTo('sent_twice');
      const { ways_to_write_cash_or_card: ways, ...found } = looked as Record<string, string>;
      assert.deepEqual(found, {
        lines: String(rows),
        sent_twice: String(dirt.duplicate),
        without_product: String(dirt.missingProduct),
        without_cashier: String(dirt.missingCashier),
        impossible_quantity: String(dirt.zeroQuantity + dirt.hugeQuantity),
        other_date_format: String(dirt.otherDateFormat),
      });
      assert(Number(ways) > 2);
    });

    it('drops the lines that can not be right', () => {
      const { dirt } = truth.sales;
      const { failures } = run.models['silver.sales'] ?? assert.fail();
      assert.equal(failures['not_null(product_id)'], dirt.missingProduct);
      assert.equal(failures['quantity <> 0'], dirt.zeroQuantity);
      assert.equal(failures['quantity BETWEEN -1000 AND 1000'], dirt.hugeQuantity);
      assert.equal(failures['not_null(cashier)'], dirt.missingCashier);
    });

    it('passes every check that would fail a run', () => {
      for (const [name, { failures }] of Object.entries(run.models)) {
        if (name === 'silver.sales') continue;
        assert(
          Object.values(failures).every((count) => count === 0),
          `${name} ${JSON.stringify(failures)}`,
        );
      }
      const { failures } = run.models['silver.sales'] ?? assert.fail();
      assert.equal(failures['unique(transaction_id)'], 0);
      assert.equal(failures["payment_method IN ('cash', 'card')"], 0);
      assert.equal(failures['not_null(transaction_id, sold_at, store_id, quantity, revenue)'], 0);
    });

    it('has the first rows of gold in an order that people expect', async () => {
      const rows = await run.rows("SELECT day || ' ' || store_id AS place FROM gold.daily_sales");
      const places = rows.map(({ place }) => String(place));
      assert.deepEqual(places, places.toSorted());
    });

    it('takes in what each store took in each day', async () => {
      const rows = await run.rows(
        'SELECT day, store_id AS store, receipts, pieces, revenue FROM gold.daily_sales ORDER BY ALL',
      );
      const expected = truth.sales.byDayAndStore.filter((entry) => entry.rows > 0);
      assert.deepEqual(
        rows,
        expected.map(({ day, store, receipts, pieces, revenueCents }) => {
          return { day, store, receipts: `${receipts}`, pieces: `${pieces}`, revenue: money(revenueCents) };
        }),
      );
    });

    it('ranks the products by their revenue', async () => {
      const rows = await run.rows(
        'SELECT product_id, pieces, revenue FROM gold.product_ranking ORDER BY place, product_id',
      );
      const expected = truth.sales.byProduct
        .filter((entry) => entry.rows > 0)
        .sort((a, b) => b.revenueCents - a.revenueCents)
        .map(({ product, pieces, revenueCents }) => {
          return { product_id: product, pieces: `${pieces}`, revenue: money(revenueCents) };
        });
      assert.deepEqual(rows, expected);
    });

    it('knows how much comes back', async () => {
      const [row] = await run.rows(
        'SELECT sum(returned_lines)::INTEGER AS returned, sum(lines)::INTEGER AS lines FROM gold.store_returns',
      );
      assert.deepEqual(row, { returned: truth.sales.returns.rows, lines: truth.sales.kept });
    });

    it('tidies every department', async () => {
      const rows = await run.rows('SELECT DISTINCT department FROM silver.products ORDER BY 1');
      const departments = ['Fruit', 'Meat and fish', 'Pantry', 'Ready meals', 'Spices', 'Vegetables'];
      assert.deepEqual(
        rows.map(({ department }) => department),
        departments,
      );
    });

    it('keeps the file and the line of every sale', async () => {
      const rows = await run.rows(
        'SELECT count(*)::INTEGER AS rows FROM silver.sales WHERE _file IS NULL OR _row < 1',
      );
      assert.deepEqual(rows, [{ rows: 0 }]);
    });
  });
}

function money(cents: number): string {
  return (cents / 100).toFixed(2);
}

findsTheTruth('the committed files', async () => ({
  run: await runPlainly(notebook, committed, contracts),
  truth: JSON.parse(readFileSync(join(committed, 'truth.json'), 'utf8')),
}));

findsTheTruth('a season of sales', () =>
  inTemporaryFolder(async (directory) => {
    const truth = await generateSampleData({
      directory,
      rows: 20_000,
      seed: 11,
      days: 90,
      firstDay: '2025-11-01',
    });
    return { run: await runPlainly(notebook, directory, contracts), truth };
  }),
);
