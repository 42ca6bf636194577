import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Contract } from '../../../src/ingest/contractSchema.js';

/** What became of a model that was built in memory. */
export interface PlainModel {
  /** Rows that each check of it finds fault with, by the check as written; of a `drop`, rows taken out. */
  readonly failures: Readonly<Record<string, number>>;
}

/** A notebook's cells run one after another by the bare engine, its tables kept in memory. */
export interface PlainRun {
  readonly models: Readonly<Record<string, PlainModel>>;
  /** Rows of each cell that is a question, by its text. */
  readonly answers: readonly { readonly sql: string; readonly rows: readonly unknown[] }[];
  rows(sql: string): Promise<readonly Record<string, unknown>[]>;
}

/** Runs a notebook over the files of a landing folder, with nothing of ours but what is in this file. */
export async function runPlainly(
  notebook: string,
  landing: string,
  contracts: readonly Contract[],
): Promise<PlainRun> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const models: Record<string, PlainModel> = {};
  const answers: { sql: string; rows: readonly unknown[] }[] = [];
  for (const schema of ['bronze', 'silver', 'gold', 'quarantine'])
    await connection.run(`CREATE SCHEMA ${schema}`);
  for (const cell of codeCells(readFileSync(notebook, 'utf8'))) {
    const sql = withQuarantine(withLanding(cell, landing, contracts));
    const name = /CREATE OR REPLACE TABLE (\w+\.\w+)/.exec(cell)?.[1];
    if (name === undefined) answers.push({ sql: cell, rows: await rowsOf(connection, sql) });
    else models[name] = await buildModel(connection, name, cell, sql);
  }
  return { models, answers, rows: (sql) => rowsOf(connection, sql) };
}

function codeCells(text: string): readonly string[] {
  const [, ...cells] = text.split(/^-- %%/m);
  return cells.filter((cell) => !cell.startsWith(' [markdown]')).map((cell) => cell.replace(/^.*\n/, ''));
}

function withLanding(sql: string, landing: string, contracts: readonly Contract[]): string {
  return sql.replace(/landing\('([^']+)'\)/g, (_, pattern: string) => {
    const { columns } = contracts.find(({ files }) => files === pattern) ?? assert.fail(pattern);
    const types = columns.map(({ name, type }) => `${name}: '${type}'`).join(', ');
    const file = `'${join(landing, pattern).replaceAll("'", "''")}'`;
    const csv = `read_csv(${file}, auto_detect = false, header = true, columns = {${types}}, filename = true)`;
    return `(SELECT * EXCLUDE (filename), filename AS _file, row_number() OVER () AS _row FROM ${csv})`;
  });
}

function withQuarantine(sql: string): string {
  return sql.replace(/quarantine\('silver\.(\w+)'\)/g, 'quarantine.$1');
}

async function buildModel(
  connection: DuckDBConnection,
  name: string,
  cell: string,
  sql: string,
): Promise<PlainModel> {
  await connection.run(sql);
  const checks = [...cell.matchAll(/^-- @check: (.+?) *\| (drop|warn|fail)$/gm)];
  const failures: Record<string, number> = {};
  const dropped = `quarantine.${name.split('.')[1]}`;
  await connection.run(`CREATE OR REPLACE TABLE ${dropped} AS FROM ${name} LIMIT 0`);
  for (const action of ['drop', 'warn', 'fail']) {
    for (const [, check = ''] of checks.filter((match) => match[2] === action)) {
      failures[check] = await countFailures(connection, name, check);
      if (action !== 'drop') continue;
      await connection.run(`INSERT INTO ${dropped} FROM ${name} WHERE (${rule(check)}) IS FALSE`);
      await connection.run(`DELETE FROM ${name} WHERE (${rule(check)}) IS FALSE`);
    }
  }
  return { failures };
}

async function countFailures(connection: DuckDBConnection, name: string, check: string): Promise<number> {
  const key = /^unique\((.+)\)$/.exec(check)?.[1];
  const sql =
    key === undefined
      ? `SELECT count(*) AS failures FROM ${name} WHERE (${rule(check)}) IS FALSE`
      : `SELECT (SELECT count(*) FROM ${name}) - (SELECT count(*) FROM (SELECT DISTINCT ${key} FROM ${name})) AS failures`;
  return Number((await rowsOf(connection, sql))[0]?.failures);
}

function rule(check: string): string {
  const columns = /^not_null\((.+)\)$/.exec(check)?.[1];
  return columns === undefined
    ? check
    : columns
        .split(',')
        .map((column) => `${column} IS NOT NULL`)
        .join(' AND ');
}

async function rowsOf(
  connection: DuckDBConnection,
  sql: string,
): Promise<readonly Record<string, unknown>[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJson();
}
