// What a bare script has to be told to do the same as a project: its SELECTs, and its files spelled out.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measure } from './measure.mjs';
import { folder } from './projects.mjs';

const script = fileURLToPath(new URL('rawRun.mjs', import.meta.url));

/**
 * Prepares the bare script for all models of a project; `where` gives models a condition in place of their
 * dropping checks. Returns `run()`, a measurement of it from nothing, and `files`, what it writes.
 */
export function rawOf(project, { where = {} } = {}) {
  const settings = JSON.parse(readFileSync(join(project, 'ratatouille.json'), 'utf8'));
  const models = notebooks(project)
    .flatMap((text) => modelsOf(text))
    .map(({ name, select }) => {
      const filled = select.replaceAll(
        /landing\('([^']+)'\)/g,
        (_, pattern) => `(${reads(project, pattern)})`,
      );
      const kept = where[name] === undefined ? filled : `SELECT * FROM (${filled}\n) WHERE ${where[name]}`;
      return { name, select: kept };
    });
  return rawOfModels(models, settings.memory);
}

/** The same for SELECTs by their names, in an order that works. */
export function rawOfModels(selects, memory) {
  const directory = folder('raw');
  const output = join(directory, 'lake');
  const models = selects.map(({ name, select }) => ({ name, select, file: join(output, `${name}.parquet`) }));
  const task = join(directory, 'task.json');
  writeFileSync(task, JSON.stringify({ memory, spill: join(directory, 'spill'), models }));
  return {
    files: Object.fromEntries(models.map(({ name, file }) => [name, file])),
    run() {
      rmSync(output, { recursive: true, force: true });
      mkdirSync(output);
      return measure([script, task]);
    },
  };
}

function notebooks(project) {
  const directory = join(project, 'notebooks');
  return readdirSync(directory, { recursive: true })
    .filter((path) => path.endsWith('.ratnb'))
    .sort()
    .map((path) => readFileSync(join(directory, path), 'utf8'));
}

/** In the order of the file, which is one that works. */
function modelsOf(text) {
  const statements = text.matchAll(/^CREATE OR REPLACE TABLE (\S+) AS\n([\s\S]*?);$/gm);
  return [...statements].map(([, name, select]) => ({ name, select }));
}

function reads(project, pattern) {
  const contract = JSON.parse(readFileSync(contractOf(project, pattern), 'utf8'));
  return filesOf(project, pattern)
    .map((path) => readOne(join(project, 'data/landing', path), path, contract))
    .join('\nUNION ALL\n');
}

function contractOf(project, pattern) {
  const directory = join(project, 'contracts');
  const contracts = readdirSync(directory).map((name) => join(directory, name));
  const found = contracts.find((path) => JSON.parse(readFileSync(path, 'utf8')).files === pattern);
  if (found === undefined) throw new Error(`There is no contract for ${pattern}.`);
  return found;
}

function filesOf(project, pattern) {
  if (!pattern.includes('*')) return [pattern];
  const [directory] = pattern.split('/');
  return readdirSync(join(project, 'data/landing', directory))
    .filter((name) => name.endsWith('.csv'))
    .sort()
    .map((name) => `${directory}/${name}`);
}

function readOne(path, name, { columns, ...dialect }) {
  const types = columns.map((column) => `'${column.name}': '${column.type}'`).join(', ');
  return `SELECT *, '${name}' AS _file, row_number() OVER () AS _row FROM read_csv('${path}', auto_detect = false,
    header = true, delim = '${dialect.delimiter}', quote = '${dialect.quote}', escape = '${dialect.escape}', strict_mode = true, columns = {${types}})`;
}
