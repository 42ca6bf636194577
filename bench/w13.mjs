// W13: what a cell costs over the bare binding, in a kernel that is alive; and ten row rules on a silver build.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { requireSameTables } from './support/compare.mjs';
import { interleaved, ratatouille, spread } from './support/measure.mjs';
import { folder, guidedProject, notebookOf, silverProject, writeSilver } from './support/projects.mjs';
import { rawOfModels } from './support/raw.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const ownNotebook = 'notebooks/cell.ratnb';
const cellGoal = { text: '≤ 30 ms over raw', overheadMs: 30 };
const rulesGoal = { text: '≤ 1.25× without rules', ratio: 1.25 };

/** All hold but for the rows that the generator spoils: those are what dropping rules drop. */
const rules = [
  'quantity <> 0',
  'quantity BETWEEN -1000 AND 1000',
  'price >= 0',
  'price < 10000',
  'length(store_id) = 3',
  "store_id LIKE 'S%'",
  "product_id LIKE '_%'",
  'length(transaction_id) > 5',
  "payment_method <> ''",
  "_file LIKE '%.csv'",
];

export const rows = [
  cell('W13-select', 'a SELECT in a cell, kernel alive', selectCell),
  cell('W13-model', 'a small model in a cell, kernel alive; raw is COPY and the first rows', modelCell),
  rulesRow('W13-warn', 'ten row rules that warn', 'warn'),
  rulesRow('W13-drop', 'ten row rules that drop', 'drop'),
];

function cell(id, what, makeCell) {
  return {
    id,
    what,
    goal: cellGoal,
    async run({ repetitions }) {
      const project = await guidedProject({ rows: 3500 });
      await ratatouille('run', '--project', project);
      // Only a notebook of the project can build a model.
      writeFileSync(join(project, ownNotebook), notebookOf(['SELECT 1']));
      const kernel = await startKernel(project);
      const bare = await bareConnection(project);
      const { text, raw } = makeCell(bare);
      try {
        // The first ones load code on both sides.
        const taken = await interleaved(repetitions + 20, {
          ours: () => timed(async () => requireTable(await runCell(kernel, text()))),
          raw: () => timed(raw),
        });
        const settled = { ours: taken.ours.slice(5), raw: taken.raw.slice(5) };
        const over = spread(settled.ours, 'wallMs').median - spread(settled.raw, 'wallMs').median;
        return { ...settled, notes: [`${over.toFixed(1)} ms over raw, median`] };
      } finally {
        await kernel.stop();
        bare.closeSync();
      }
    },
  };
}

function selectCell(bare) {
  const query = 'SELECT store_id, count(*) AS n FROM bronze.sales GROUP BY store_id ORDER BY store_id';
  return { text: () => query, raw: async () => (await bare.runAndReadAll(query)).getRowsJson() };
}

/** Every time another model, since an unchanged one would be skipped. */
function modelCell(bare) {
  const output = folder('raw-cell');
  let edition = 0;
  const select = () =>
    `SELECT store_id, count(*) AS n, ${edition} AS edition FROM bronze.sales GROUP BY store_id`;
  return {
    text() {
      edition += 1;
      return `CREATE OR REPLACE TABLE gold.cell AS ${select()}`;
    },
    async raw() {
      const file = join(output, 'cell.parquet');
      rmSync(file, { force: true });
      await bare.run(`COPY (${select()}) TO '${file}' (FORMAT parquet, COMPRESSION zstd)`);
      (await bare.runAndReadAll(`SELECT * FROM read_parquet('${file}') LIMIT 50`)).getRowsJson();
    },
  };
}

async function startKernel(project) {
  const { KernelClient } = await import(
    pathToFileURL(join(root, 'out/src/kernel/client/kernelClient.js')).href
  );
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  return new KernelClient({ modulePath: join(root, 'dist/node/kernel.cjs'), project, logger });
}

async function runCell(kernel, text) {
  const blocks = [];
  const notebook = { path: ownNotebook, cells: [{ kind: 'code', text }] };
  const onEvent = (event) => {
    if (event.kind === 'cell output') blocks.push(event.block);
  };
  await kernel.request('run cells', { notebook, run: [0] }, { onEvent });
  return blocks;
}

function requireTable(blocks) {
  const shown = blocks.some(({ kind }) => kind === 'table' || kind === 'model');
  if (!shown) throw new Error(`The cell gave no table: ${JSON.stringify(blocks)}`);
}

async function bareConnection(project) {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run('CREATE SCHEMA bronze');
  const file = join(project, 'data/bronze/sales.parquet');
  await connection.run(`CREATE VIEW bronze.sales AS FROM read_parquet('${file}')`);
  return connection;
}

async function timed(work) {
  const started = performance.now();
  await work();
  return { wallMs: performance.now() - started };
}

function rulesRow(id, what, action) {
  return {
    id,
    what: `silver build of 1,000,000 rows with ${what}; raw is the same build without rules`,
    goal: rulesGoal,
    async run({ repetitions }) {
      const project = await silverProject({ rows: 1_000_000, days: 7 });
      await ratatouille('run', '--project', project);
      const declared = rules.map((rule) => `-- @check: ${rule} | ${action}`);
      let edition = 0;
      const build = (declarations) => () => {
        edition += 1;
        writeSilver(project, edition, declarations);
        return built(project);
      };
      const bare = (condition) =>
        rawOfModels([{ name: 'silver.sales_1', select: filled(project, 0, condition) }]);
      const [plain, filtered] = [
        bare(''),
        bare(`WHERE ${rules.map((rule) => `(${rule}) IS NOT FALSE`).join(' AND ')}`),
      ];
      const taken = await interleaved(repetitions, {
        raw: build([]),
        ours: build(declared),
        plain: () => plain.run(),
        filtered: () => filtered.run(),
      });
      await requireSameRows(project, action === 'drop' ? filtered : plain, declared);
      const share = spread(taken.filtered, 'wallMs').min / spread(taken.plain, 'wallMs').min;
      return { ours: taken.ours, raw: taken.raw, notes: [`bare, WHERE takes ${share.toFixed(2)}× of none`] };
    },
  };
}

async function built(project) {
  const measured = await ratatouille('run', '--project', project);
  if (!/ 1 built, 1 skipped/.test(measured.stdout)) throw new Error(measured.stdout);
  return measured;
}

/** The SELECT of the silver model over the file that stands for the bronze one. */
function filled(project, edition, condition) {
  const file = join(project, 'data/bronze/sales.parquet');
  const select = writeSilver(project, edition).replace('bronze.sales', `read_parquet('${file}')`);
  return `SELECT * FROM (${select}) ${condition}`;
}

async function requireSameRows(project, bare, declared) {
  writeSilver(project, 0, declared);
  await built(project);
  await requireSameTables(project, bare.files);
}
