// The projects that are measured, each in a folder of its own below one that is removed at the end.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ratatouille } from './measure.mjs';

const workshop = mkdtempSync(join(tmpdir(), 'ratatouille-bench-'));
process.on('exit', () => rmSync(workshop, { recursive: true, force: true }));
process.on('SIGINT', () => process.exit(130));

/** A fresh folder for whatever a row needs. */
export function folder(name) {
  return mkdtempSync(join(workshop, `${name}-`));
}

const guided = 'notebooks/01_getting_started.ratnb';

/**
 * The project of `ratatouille init` with generated receipts. Its contracts come with it, so nothing is looked
 * at that a bare script is told. Without `checks` their lines are taken out.
 */
export async function guidedProject({ rows, days, checks = true, settings = {} }) {
  const project = join(folder('guided'), 'project');
  await ratatouille('init', project, '--no-sample-data');
  writeFileSync(join(project, 'ratatouille.json'), JSON.stringify({ name: 'bench', ...settings }));
  if (!checks) {
    const text = readNotebook(project);
    writeFileSync(join(project, guided), text.replaceAll(/^-- @check:.*\n/gm, ''));
  }
  await generate(project, rows, days);
  return project;
}

export function readNotebook(project, path = guided) {
  return readFileSync(join(project, path), 'utf8');
}

export async function generate(project, rows, days) {
  const daily = days === undefined ? [] : ['--days', String(days)];
  return ratatouille('generate', '--project', project, '--rows', String(rows), ...daily);
}

/** Forgets everything that runs made: the next one is the first. */
export function forgetLake(project) {
  for (const made of ['.ratatouille', 'data/bronze', 'data/silver', 'data/gold']) {
    rmSync(join(project, made), { recursive: true, force: true });
  }
}

/** Forgets what is remembered between runs and can be made again; the lake stays. */
export function forgetCaches(project) {
  rmSync(join(project, '.ratatouille', 'cache'), { recursive: true, force: true });
}

/**
 * A project of one bronze, five silver and otherwise gold models over the generated receipts. The first silver
 * one has `affected - 1` readers, so editing it leaves so many models to be built.
 */
export async function manyModelsProject({ models, affected, rows, days }) {
  const project = await guidedProject({ rows, days });
  writeFileSync(join(project, guided), notebookOf(['SELECT 1']));
  mkdirSync(join(project, 'notebooks/many'));
  writeFileSync(join(project, 'notebooks/many/01_bronze.ratnb'), notebookOf([bronze]));
  for (let part = 1; part <= 5; part += 1) {
    writeFileSync(silverPath(project, part), notebookOf([silver(part, part)]));
  }
  const golds = Array.from({ length: models - 6 }, (_, index) =>
    gold(index + 1, index < affected - 1 ? 1 : 2 + (index % 4)),
  );
  for (let start = 0; start < golds.length; start += 10) {
    const path = `notebooks/many/03_gold_${String(start / 10).padStart(2, '0')}.ratnb`;
    writeFileSync(join(project, path), notebookOf(golds.slice(start, start + 10)));
  }
  return project;
}

/** Changes the SQL of the silver model that `affected` models hang on, each time to something new. */
export function editFirstSilver(project, edition) {
  writeFileSync(silverPath(project, 1), notebookOf([silver(1, 100 + edition)]));
}

function silverPath(project, part) {
  return join(project, `notebooks/many/02_silver_${part}.ratnb`);
}

/**
 * A project of one bronze model and one silver one, written by {@link writeSilver}: what is measured is its build alone.
 */
export async function silverProject({ rows, days }) {
  const project = await guidedProject({ rows, days });
  writeFileSync(join(project, guided), notebookOf(['SELECT 1']));
  writeFileSync(join(project, 'notebooks/02_bronze.ratnb'), notebookOf([bronze]));
  return project;
}

/** Writes the silver model of that project anew, with lines of declarations above it. Returns its SELECT. */
export function writeSilver(project, edition, declarations = []) {
  const statement = silver(1, edition).replace(/\nWHERE .*/, '');
  const text = [...declarations, statement].join('\n');
  writeFileSync(join(project, 'notebooks/03_silver.ratnb'), notebookOf([text]));
  return statement.slice(statement.indexOf('SELECT'));
}

/** The text of a notebook with one cell for each statement. */
export function notebookOf(statements) {
  const cells = statements.map((statement) => `-- %%\n${statement};\n`);
  return `-- ---\n-- ratatouille: 1\n-- ---\n\n${cells.join('\n')}`;
}

const bronze = `CREATE OR REPLACE TABLE bronze.sales AS\nSELECT * FROM landing('pos_sales/*.csv')`;

function silver(part, edition) {
  return `CREATE OR REPLACE TABLE silver.sales_${part} AS
SELECT transaction_id, upper(trim(store_id)) AS store_id, product_id, payment_method, _file,
  CAST(quantity AS INTEGER) AS quantity, CAST(unit_price - discount AS DECIMAL(10, 2)) AS price, ${edition} AS edition
FROM bronze.sales
WHERE hash(transaction_id) % 5 = ${part - 1}`;
}

function gold(number, part) {
  return `CREATE OR REPLACE TABLE gold.summary_${number} AS
SELECT store_id, product_id, max(edition) AS edition, count(*) AS lines, CAST(sum(quantity * price) AS DECIMAL(18, 2)) AS revenue
FROM silver.sales_${part}
WHERE hash(product_id) % 7 <> ${number % 7}
GROUP BY ALL`;
}
